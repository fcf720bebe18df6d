package dev.slipway.tests.scenario;

import dev.slipway.engine.profile.Departure;
import dev.slipway.engine.profile.Gate;
import dev.slipway.engine.profile.Profile;
import java.util.List;
import java.util.Locale;

/**
 * The kubelet of a row: {@code 1.33 SidecarContainers=false max=60 periodic-probes}: release,
 * gates, longest restart period of the node, departures.
 */
final class ProfileText {
  private ProfileText() {}

  static Profile of(List<String> words) {
    Profile profile = Profile.of(words.getFirst());
    for (String word : words.subList(1, words.size())) {
      int at = word.indexOf('=');
      if (at < 0) {
        profile = profile.with(Departure.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
      } else if (word.startsWith("max=")) {
        profile = profile.withMaxContainerRestartSeconds(Integer.parseInt(word.substring(4)));
      } else {
        Gate gate = Gate.of(word.substring(0, at), profile.release());
        profile = profile.with(gate, Boolean.parseBoolean(word.substring(at + 1)));
      }
    }
    return profile;
  }
}
