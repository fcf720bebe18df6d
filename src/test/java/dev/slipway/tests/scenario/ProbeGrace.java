package dev.slipway.tests.scenario;

import dev.slipway.engine.lifecycle.GraceRules;
import dev.slipway.engine.state.PodActions.StopReason;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import java.util.HashMap;
import java.util.Map;

/**
 * The grace of one stop: {@code pod=60 deletion=5 liveness=40 startup=40 cause=liveness}, each left
 * out if it is not set.
 */
final class ProbeGrace {
  private ProbeGrace() {}

  static String of(String given) {
    Map<String, String> values = new HashMap<>();
    for (String word : PodText.words(given)) {
      values.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
    }
    PodText text = new PodText("[ | a1] g=" + values.getOrDefault("pod", "-"));
    for (String probe : new String[] {"liveness", "startup"}) {
      if (values.containsKey(probe)) {
        text.named("a1").getFirst().set(probe, "p10,g" + values.get(probe));
      }
    }
    var meta = PodText.meta();
    if (values.containsKey("deletion")) {
      meta = meta.withDeletion(0, Long.parseLong(values.get("deletion")), 2);
    }
    StopReason cause =
        switch (values.getOrDefault("cause", "other")) {
          case "liveness" -> StopReason.LIVENESS_PROBE;
          case "startup" -> StopReason.STARTUP_PROBE;
          default -> StopReason.NONE;
        };
    PodState pod = new PodState(meta, PodShape.of(text.spec()), false);
    return String.valueOf(GraceRules.ofContainer(pod, 0, cause));
  }
}
