package dev.slipway.ingest.behavior;

import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.runtime.BehaviorField;
import dev.slipway.engine.runtime.BehaviorField.Unit;
import dev.slipway.engine.runtime.BehaviorMatch;
import dev.slipway.engine.runtime.BehaviorRule;
import dev.slipway.engine.runtime.BehaviorRule.ProbeBehavior;
import dev.slipway.engine.runtime.BehaviorRule.RunBehavior;
import dev.slipway.engine.runtime.Distribution;
import dev.slipway.ingest.decode.SyntaxException;
import dev.slipway.ingest.decode.YamlDocument;
import dev.slipway.ingest.decode.YamlReader;
import dev.slipway.ingest.manifest.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads behavior files. Every field must be known and every value right; all mistakes are told. */
public final class BehaviorReader {
  private static final Map<String, ContainerRole> ROLES =
      Map.of(
          "app", ContainerRole.APP,
          "init", ContainerRole.REGULAR_INIT,
          "sidecar", ContainerRole.SIDECAR,
          "ephemeral", ContainerRole.EPHEMERAL);

  private static final Set<String> MATCH_FIELDS =
      Set.of("namespace", "labels", "owner", "container", "image", "role");

  private static final Set<String> RULE_FIELDS = ruleFields();

  /**
   * What a file holds.
   *
   * @param rules those without mistakes
   * @param problems all mistakes; empty: the file is fine
   */
  public record Result(List<BehaviorRule> rules, List<Problem> problems) {
    public Result {
      rules = List.copyOf(rules);
      problems = List.copyOf(problems);
    }
  }

  private BehaviorReader() {}

  private static Set<String> ruleFields() {
    Set<String> fields = new HashSet<>(Set.of("match", "runs"));
    for (BehaviorField field : BehaviorField.values()) {
      fields.add(field.key());
    }
    for (ProbeType type : ProbeType.values()) {
      fields.add(key(type));
    }
    return fields;
  }

  private static String key(ProbeType type) {
    return type.text().toLowerCase(Locale.ROOT);
  }

  /** Reads a file's text. */
  public static Result read(String file, String text) {
    List<Problem> problems = new ArrayList<>();
    try {
      YamlDocument document = YamlReader.first(text);
      document
          .duplicates()
          .forEach(twice ->
              problems.add(
                  new Problem(file, "line " + twice.line(), "duplicate field " + twice.key())));
      Reading root =
          new Reading(
              document.tree(),
              "",
              (field, reason) -> problems.add(new Problem(file, field, reason)));
      return new Result(rules(root), problems);
    } catch (SyntaxException e) {
      String place = e.line() == 0 ? "" : "line " + e.line() + ", column " + e.column();
      problems.add(new Problem(file, place, String.valueOf(e.getMessage())));
      return new Result(List.of(), problems);
    }
  }

  private static List<BehaviorRule> rules(Reading root) {
    if (!root.isMap()) {
      if (!root.present()) {
        root.report("is empty: want a list of rules");
      }
      return List.of();
    }
    root.onlyFields(Set.of("rules"));
    return root.get("rules").list(BehaviorReader::rule);
  }

  private static @Nullable BehaviorRule rule(Reading place) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(RULE_FIELDS);
    BehaviorMatch match = match(place.get("match"));
    Map<BehaviorField, Distribution> values = new EnumMap<>(BehaviorField.class);
    for (BehaviorField field : BehaviorField.values()) {
      Reading at = place.get(field.key());
      Distribution value = DistributionReader.read(at, field.unit());
      if (value != null) {
        values.put(field, value);
      }
      if (at.present() && field.ofPod() && match.namesContainers()) {
        at.report("is about the pod: not in a rule that matches container, image or role");
      }
    }
    return new BehaviorRule(match, values, runs(place.get("runs")), probes(place));
  }

  private static BehaviorMatch match(Reading place) {
    if (!place.isMap()) {
      return BehaviorMatch.ALL;
    }
    place.onlyFields(MATCH_FIELDS);
    return new BehaviorMatch(
        place.get("namespace").text(),
        labels(place.get("labels")),
        place.get("owner").text(),
        place.get("container").text(),
        place.get("image").text(),
        role(place.get("role")));
  }

  private static Map<String, String> labels(Reading place) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (place.isMap()) {
      place
          .json()
          .fieldNames()
          .forEachRemaining(name -> {
            String value = place.get(name).text();
            labels.put(name, value == null ? "" : value);
          });
    }
    return labels;
  }

  private static @Nullable ContainerRole role(Reading place) {
    String text = place.text();
    ContainerRole role = text == null ? null : ROLES.get(text);
    if (text != null && role == null) {
      place.report("must be app, init, sidecar or ephemeral");
    }
    return role;
  }

  private static List<RunBehavior> runs(Reading place) {
    if (place.json().isArray() && place.json().isEmpty()) {
      place.report("must not be empty");
    }
    return place.list(BehaviorReader::run);
  }

  private static @Nullable RunBehavior run(Reading place) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("run", "exit", "oom"));
    return new RunBehavior(
        DistributionReader.read(place.get("run"), Unit.DURATION_OR_FOREVER),
        DistributionReader.read(place.get("exit"), Unit.EXIT_CODE),
        DistributionReader.read(place.get("oom"), Unit.CHANCE));
  }

  private static Map<ProbeType, List<ProbeBehavior>> probes(Reading rule) {
    Map<ProbeType, List<ProbeBehavior>> probes = new EnumMap<>(ProbeType.class);
    for (ProbeType type : ProbeType.values()) {
      Reading place = rule.get(key(type));
      if (place.present()) {
        probes.put(type, place.list(BehaviorReader::phase));
      }
    }
    return probes;
  }

  private static @Nullable ProbeBehavior phase(Reading place) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("from", "ok", "took"));
    return new ProbeBehavior(
        or(DistributionReader.read(place.get("from"), Unit.DURATION), 0),
        or(DistributionReader.read(place.get("ok"), Unit.CHANCE), 1),
        or(DistributionReader.read(place.get("took"), Unit.DURATION), 0));
  }

  private static Distribution or(@Nullable Distribution read, double otherwise) {
    return read == null ? Distribution.fixed(otherwise) : read;
  }
}
