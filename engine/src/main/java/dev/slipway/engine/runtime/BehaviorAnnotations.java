package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.runtime.BehaviorRule.ProbeBehavior;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Behavior written on a pod itself: {@code slipway.dev/FIELD} for the pod or all its app
 * containers, {@code slipway.dev/FIELD.CONTAINER} for one container.
 */
public final class BehaviorAnnotations {
  public static final String PREFIX = "slipway.dev/";

  private BehaviorAnnotations() {}

  /**
   * The rules a pod's annotations make, in the order of their names: those for all app containers
   * first.
   *
   * @param problems is told the annotation and what is wrong with it; it is passed over
   */
  public static List<BehaviorRule> read(ObjectMeta pod, BiConsumer<String, String> problems) {
    List<BehaviorRule> general = new ArrayList<>();
    List<BehaviorRule> single = new ArrayList<>();
    new TreeMap<>(pod.annotations())
        .forEach((name, value) -> {
          if (name.startsWith(PREFIX)) {
            String key = name.substring(PREFIX.length());
            int dot = key.indexOf('.');
            try {
              if (dot < 0) {
                general.add(rule(key, null, value));
              } else {
                single.add(rule(key.substring(0, dot), key.substring(dot + 1), value));
              }
            } catch (IllegalArgumentException e) {
              problems.accept(name, String.valueOf(e.getMessage()));
            }
          }
        });
    general.addAll(single);
    return general;
  }

  private static BehaviorRule rule(String name, @Nullable String container, String value) {
    BehaviorMatch match =
        container == null
            ? BehaviorMatch.role(ContainerRole.APP)
            : BehaviorMatch.container(container);
    ProbeType probe = probeType(name);
    if (probe != null) {
      return new BehaviorRule(match, Map.of(), List.of(), Map.of(probe, phases(value)));
    }
    BehaviorField field = BehaviorField.ofAnnotation(name);
    if (field == null) {
      throw new IllegalArgumentException("unknown annotation");
    }
    if (field.ofPod()) {
      if (container != null) {
        throw new IllegalArgumentException("is about the pod and takes no container name");
      }
      match = BehaviorMatch.ALL;
    }
    return BehaviorRule.of(match, Map.of(field, BehaviorText.distribution(value, field.unit())));
  }

  private static @Nullable ProbeType probeType(String name) {
    for (ProbeType type : ProbeType.values()) {
      if (type.text().toLowerCase(Locale.ROOT).equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** Reads {@code fail, ok@20s, fail@1m}: what the probe answers, and from when on. */
  private static List<ProbeBehavior> phases(String text) {
    List<ProbeBehavior> phases = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String phase = part.strip();
      int at = phase.indexOf('@');
      String answer = at < 0 ? phase : phase.substring(0, at);
      if (!answer.equals("ok") && !answer.equals("fail")) {
        throw new IllegalArgumentException(
            "not a list of ok@TIME and fail@TIME such as fail,ok@20s: " + text);
      }
      Distribution from =
          at < 0
              ? Distribution.fixed(0)
              : BehaviorText.distribution(phase.substring(at + 1), BehaviorField.Unit.DURATION);
      phases.add(Behavior.probe(from, answer.equals("ok")));
    }
    return phases;
  }
}
