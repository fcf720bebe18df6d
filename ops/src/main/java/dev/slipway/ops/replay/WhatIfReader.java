package dev.slipway.ops.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerRole;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.QuantityFormatException;
import dev.slipway.engine.profile.Gates;
import dev.slipway.engine.profile.Release;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.runtime.BehaviorMatch;
import dev.slipway.engine.runtime.BehaviorText;
import dev.slipway.ingest.behavior.Reading;
import dev.slipway.ingest.decode.SyntaxException;
import dev.slipway.ingest.decode.YamlDocument;
import dev.slipway.ingest.decode.YamlReader;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.trace.TraceNode;
import dev.slipway.ops.replay.PodChange.Amount;
import dev.slipway.ops.replay.PodChange.ProbeChange;
import dev.slipway.ops.replay.WhatIf.NodeChange;
import dev.slipway.ops.replay.WhatIf.NodeChange.DrainRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what-if files. Every field must be known and every value right; all mistakes are told. */
final class WhatIfReader {
  private static final Set<String> FIELDS =
      Set.of("name", "summary", "kubernetes", "featureGates", "arrivals", "nodes", "pods");
  private static final Set<String> POD_FIELDS =
      Set.of(
          "match",
          "resources",
          "addSidecars",
          "remove",
          "nativise",
          "probes",
          "terminationGracePeriodSeconds",
          "overhead");
  private static final Map<String, ContainerRole> ROLES =
      Map.of(
          "app", ContainerRole.APP,
          "init", ContainerRole.REGULAR_INIT,
          "sidecar", ContainerRole.SIDECAR);

  private final String file;
  private final List<Problem> problems;

  WhatIfReader(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  private void problem(String field, String reason) {
    problems.add(new Problem(file, field, reason));
  }

  WhatIf read(String text) {
    try {
      YamlDocument document = YamlReader.first(text);
      document
          .duplicates()
          .forEach(twice -> problem("line " + twice.line(), "duplicate field " + twice.key()));
      return root(new Reading(document.tree(), "", this::problem));
    } catch (SyntaxException e) {
      problem(
          e.line() == 0 ? "" : "line " + e.line() + ", column " + e.column(),
          String.valueOf(e.getMessage()));
      return root(new Reading(JsonNodeFactory.instance.objectNode(), "", (_, _) -> {}));
    }
  }

  private WhatIf root(Reading root) {
    if (!root.isMap()) {
      root.report("must be a map with name, nodes, pods, ...");
    }
    root.onlyFields(FIELDS);
    String name = root.get("name").text();
    String fallback = file.substring(file.lastIndexOf('/') + 1).replaceAll("\\.ya?ml$", "");
    String chosen = name == null ? fallback : name;
    if (!chosen.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}") || chosen.equals("base")) {
      root.get("name").report("must be letters, digits, '.', '_' or '-', and not base: " + chosen);
    }
    Release release = release(root.get("kubernetes"));
    List<PodChange> pods = root.get("pods").list(this::pod);
    String summary = root.get("summary").text();
    return new WhatIf(
        chosen,
        summary == null ? chosen : summary,
        release,
        gates(root.get("featureGates"), release),
        faster(root.get("arrivals")),
        nodes(root.get("nodes")),
        pods);
  }

  private static @Nullable Release release(Reading place) {
    String text = place.text();
    return text == null ? null : place.tried(() -> Release.of(text));
  }

  private static String gates(Reading place, @Nullable Release release) {
    if (!place.isMap()) {
      return "";
    }
    List<String> gates = new ArrayList<>();
    place
        .json()
        .properties()
        .forEach(gate -> gates.add(gate.getKey() + "=" + gate.getValue().asText()));
    String text = String.join(",", gates);
    place.tried(() -> Gates.parse(release == null ? Release.DEFAULT : release, text));
    return text;
  }

  private static double faster(Reading place) {
    if (!place.isMap()) {
      return 1;
    }
    place.onlyFields(Set.of("faster"));
    double factor = place.get("faster").json().asDouble(0);
    if (factor <= 0) {
      place.get("faster").report("must be a number above 0");
    }
    return factor;
  }

  // Nodes.

  private NodeChange nodes(Reading place) {
    if (!place.isMap()) {
      return NodeChange.NONE;
    }
    place.onlyFields(Set.of("count", "allocatable", "add", "drain"));
    String count = place.get("count").text();
    int whole = -1;
    double percent = 100;
    if (count != null) {
      if (count.matches("[+-]?[0-9]+(\\.[0-9]+)?%")) {
        double number = Double.parseDouble(count.replace("%", ""));
        percent = count.startsWith("+") || count.startsWith("-") ? 100 + number : number;
      } else if (count.matches("[0-9]{1,6}")) {
        whole = Integer.parseInt(count);
      } else {
        place.get("count").report("must be a number, or a part such as 80% or -20%");
      }
      if (percent < 0) {
        place.get("count").report("takes more nodes than there are: " + count);
      }
    }
    List<TraceNode> added = new ArrayList<>();
    place.get("add").list(rule -> added(rule, added));
    return new NodeChange(
        whole,
        percent,
        place.get("allocatable").present() ? amounts(place.get("allocatable")) : null,
        added,
        place.get("drain").list(WhatIfReader::drain));
  }

  private static @Nullable Boolean added(Reading place, List<TraceNode> added) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("name", "count", "allocatable", "labels"));
    String name = place.get("name").text();
    if (name == null) {
      place.get("name").report("is missing");
      return null;
    }
    ResourceList allocatable = amounts(place.get("allocatable"));
    int count = whole(place.get("count"), 1);
    for (int k = 0; k < count; k++) {
      Map<String, String> labels = new LinkedHashMap<>(texts(place.get("labels")));
      labels.put("kubernetes.io/hostname", name + "-" + k);
      added.add(new TraceNode(name + "-" + k, labels, allocatable, false, null));
    }
    return true;
  }

  private static ResourceList amounts(Reading place) {
    Map<String, Quantity> amounts = new TreeMap<>();
    if (place.isMap()) {
      place
          .json()
          .fieldNames()
          .forEachRemaining(name -> {
            Reading at = place.get(name);
            String text = String.valueOf(at.text());
            Quantity amount = at.tried(() -> quantity(text));
            if (amount != null) {
              amounts.put(name, amount);
            }
          });
    }
    return ResourceList.of(amounts);
  }

  private static Quantity quantity(String text) {
    try {
      return Quantity.parse(text);
    } catch (QuantityFormatException e) {
      throw new IllegalArgumentException("is no quantity: " + text, e);
    }
  }

  private static @Nullable DrainRule drain(Reading place) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("node", "at", "count", "every"));
    String node = place.get("node").text();
    Long at = duration(place.get("at"));
    Long every = duration(place.get("every"));
    if (node == null) {
      place.get("node").report("is missing");
    }
    if (at == null && !place.get("at").present()) {
      place.get("at").report("is missing");
    }
    return node == null || at == null
        ? null
        : new DrainRule(
            node, at, whole(place.get("count"), Integer.MAX_VALUE), every == null ? 0 : every);
  }

  private static @Nullable Long duration(Reading place) {
    String text = place.text();
    return text == null ? null : place.tried(() -> BehaviorText.duration(text));
  }

  private static int whole(Reading place, int otherwise) {
    Integer read = wholeOrNull(place);
    return read == null ? otherwise : read;
  }

  private static @Nullable Integer wholeOrNull(Reading place) {
    JsonNode json = place.json();
    if (!place.present()) {
      return null;
    }
    if (!json.isIntegralNumber() || !json.canConvertToInt() || json.intValue() < 0) {
      place.report("must be a whole number not below 0");
      return null;
    }
    return json.intValue();
  }

  // Pods.

  private @Nullable PodChange pod(Reading place) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(POD_FIELDS);
    Reading resources = place.get("resources");
    if (resources.isMap()) {
      resources.onlyFields(Set.of("requests", "limits"));
    }
    BehaviorMatch match = match(place.get("match"));
    boolean remove = yes(place.get("remove"));
    boolean nativise = yes(place.get("nativise"));
    if ((remove || nativise) && match.container() == null && match.role() == null) {
      (remove ? place.get("remove") : place.get("nativise"))
          .report("needs match.container or match.role: which containers?");
    }
    Integer grace = wholeOrNull(place.get("terminationGracePeriodSeconds"));
    Reading overhead = place.get("overhead");
    return new PodChange(
        match,
        changes(resources.get("requests")),
        changes(resources.get("limits")),
        sidecars(place.get("addSidecars")),
        remove,
        nativise,
        probes(place.get("probes")),
        grace == null ? null : (long) grace,
        overhead.present() ? changes(overhead) : null);
  }

  private static boolean yes(Reading place) {
    if (place.present() && !place.json().isBoolean()) {
      place.report("must be true or false");
    }
    return place.json().asBoolean();
  }

  private static BehaviorMatch match(Reading place) {
    if (!place.isMap()) {
      return BehaviorMatch.ALL;
    }
    place.onlyFields(Set.of("namespace", "labels", "owner", "container", "image", "role"));
    String role = place.get("role").text();
    if (role != null && !ROLES.containsKey(role)) {
      place.get("role").report("must be app, init or sidecar");
    }
    return new BehaviorMatch(
        place.get("namespace").text(),
        texts(place.get("labels")),
        place.get("owner").text(),
        place.get("container").text(),
        place.get("image").text(),
        role == null ? null : ROLES.get(role));
  }

  private static Map<String, String> texts(Reading place) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (place.isMap()) {
      place
          .json()
          .fieldNames()
          .forEachRemaining(name -> texts.put(name, String.valueOf(place.get(name).text())));
    }
    return texts;
  }

  private static Map<String, Amount> changes(Reading place) {
    Map<String, Amount> changes = new TreeMap<>();
    if (place.isMap()) {
      place
          .json()
          .fieldNames()
          .forEachRemaining(name -> {
            Amount change = place.get(name).tried(() -> change(place.get(name)));
            if (change != null) {
              changes.put(name, change);
            }
          });
    }
    return changes;
  }

  private static Amount change(Reading place) {
    String text = place.text();
    if (text == null) {
      return new Amount.None();
    }
    if (text.matches("x[0-9]+(\\.[0-9]+)?")) {
      return new Amount.Times(new BigDecimal(text.substring(1)));
    }
    return new Amount.Set(quantity(text));
  }

  private static List<ContainerSpec> sidecars(Reading place) {
    if (!place.present()) {
      return List.of();
    }
    if (!place.json().isArray()) {
      place.report("must be a list of containers");
      return List.of();
    }
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    var list = spec.putArray("initContainers");
    for (int k = 0; k < place.json().size(); k++) {
      ObjectNode copy = place.json().get(k).isObject() ? place.json().get(k).deepCopy() : null;
      if (copy == null || copy.path("name").asText().isEmpty()) {
        new Reading(copy == null ? spec : copy, place.path() + "[" + k + "]", place.problems())
            .report("must be a container with a name");
      } else {
        list.add(copy.put("restartPolicy", "Always"));
      }
    }
    return PodReader.readSpec(
            spec,
            (field, reason) ->
                place.problems().add(field.replace("initContainers", place.path()), reason))
        .initContainers();
  }

  private static Map<ProbeType, ProbeChange> probes(Reading place) {
    Map<ProbeType, ProbeChange> probes = new EnumMap<>(ProbeType.class);
    if (!place.isMap()) {
      return probes;
    }
    place.onlyFields(Set.of("startup", "liveness", "readiness"));
    for (ProbeType type : ProbeType.values()) {
      Reading at = place.get(type.text().toLowerCase(Locale.ROOT));
      if (at.json().isTextual() && at.json().asText().equals("none")) {
        probes.put(type, new ProbeChange(true, null, null, null, null, null));
      } else if (at.isMap()) {
        at.onlyFields(
            Set.of(
                "initialDelaySeconds",
                "periodSeconds",
                "timeoutSeconds",
                "failureThreshold",
                "successThreshold"));
        probes.put(
            type,
            new ProbeChange(
                false,
                wholeOrNull(at.get("initialDelaySeconds")),
                wholeOrNull(at.get("periodSeconds")),
                wholeOrNull(at.get("timeoutSeconds")),
                wholeOrNull(at.get("failureThreshold")),
                wholeOrNull(at.get("successThreshold"))));
      }
    }
    return probes;
  }
}
