package dev.slipway.ops.plan;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.why.Cause;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Turns causes into reasons: fills the places in their words. */
final class Facts {
  private final PodShape shape;

  /** The last result of each probe in words, by container and type. */
  private final Map<String, String> probes = new HashMap<>();

  private String end = "";

  Facts(PodShape shape) {
    this.shape = shape;
  }

  Reason reason(int container, Cause cause, int about, long number) {
    String words = cause.words();
    if (words.indexOf('{') >= 0) {
      words =
          words
              .replace("{c}", name(container))
              .replace("{about}", name(about))
              .replace("{more}", number == 0 ? "" : " and " + number + " more")
              .replace("{n} times in a row", number == 1 ? "once" : number + " times in a row")
              .replace("{n}", String.valueOf(number))
              .replace("{s}", number + "s")
              .replace("{end}", end);
      if (words.contains("{at}")) {
        words = words.replace("{at}", Clock.text(number));
      }
      for (ProbeType type : ProbeType.values()) {
        String place = "{" + word(type) + "}";
        if (words.contains(place)) {
          words =
              words.replace(place, probes.getOrDefault(key(about, type), noResult(about, type)));
        }
      }
    }
    return new Reason(cause.rule(), words);
  }

  private String noResult(int container, ProbeType type) {
    return "the " + word(type) + " probe of " + name(container) + " has no result";
  }

  /** The cached result of a probe changed. */
  void probe(int container, ProbeType type, Cause cause, long run, long now) {
    String probe = word(type) + " probe of " + name(container);
    String text =
        switch (cause) {
          case PROBE_FAILED -> probe + " failed" + times(run) + " at " + Clock.text(now);
          case PROBE_SUCCEEDED -> probe + " succeeded" + times(run) + " at " + Clock.text(now);
          case PROBE_NOT_RUNNING -> name(container) + " does not run";
          default -> "the " + probe + " begins anew: a new instance";
        };
    probes.put(key(container, type), text);
  }

  private static String times(long run) {
    return run == 1 ? "" : " for the " + ordinal(run) + " time in a row";
  }

  private static String ordinal(long n) {
    boolean teen = n % 100 >= 11 && n % 100 <= 13;
    String ending =
        teen ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
    return n + ending;
  }

  /** Why the pod terminates. */
  void end(Reason reason) {
    end = reason.fact();
  }

  static String word(ProbeType type) {
    return type.text().toLowerCase(Locale.ROOT);
  }

  private static String key(int container, ProbeType type) {
    return container + " " + type;
  }

  private String name(int container) {
    return container < 0 ? "the pod" : shape.container(container).name();
  }
}
