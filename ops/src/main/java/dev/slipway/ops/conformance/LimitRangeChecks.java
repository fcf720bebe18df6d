package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.LimitRangeValidation;
import dev.slipway.engine.resources.LimitRanges;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceDefaults;
import dev.slipway.engine.resources.Resources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks of limit ranges: defaults, validity, what they fill in and what they refuse. */
final class LimitRangeChecks {
  private LimitRangeChecks() {}

  static Verdict check(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    PodResources written = ResourceJson.pod(in.path("pod"));
    List<LimitRange> ranges =
        ResourceJson.list(in.path("limitRanges"), range -> LimitRanges.stored(range(range)));
    PodResources pod = ResourceDefaults.decoded(written);
    String annotation = "";
    for (LimitRange range : ranges) {
      LimitRanges.Filled filled = LimitRanges.fill(range, pod);
      pod = filled.pod();
      annotation = filled.annotation().isEmpty() ? annotation : filled.annotation();
    }
    PodResources admitted = ResourceDefaults.withPodLevelDefaults(pod);
    return new Comparison()
        .add("stored", out.path("stored"), ranges.stream().map(LimitRangeChecks::stored).toList())
        .addMessages(
            "invalid",
            out.path("invalid"),
            ranges.stream().map(range -> sorted(LimitRangeValidation.problems(range))).toList())
        .addMessages("bareViolations", out.path("bareViolations"), violations(ranges, written))
        .add("pod", out.path("pod"), pod(admitted))
        .add("annotation", out.path("annotation"), annotation)
        .addMessages("violations", out.path("violations"), violations(ranges, admitted))
        .verdict();
  }

  private static List<List<String>> violations(List<LimitRange> ranges, PodResources pod) {
    return ranges.stream().map(range -> sorted(LimitRanges.violations(range, pod))).toList();
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  private static LimitRange range(JsonNode spec) {
    return new LimitRange(ResourceJson.list(spec.path("limits"), LimitRangeChecks::item));
  }

  private static LimitRange.Item item(JsonNode item) {
    return new LimitRange.Item(
        item.path("type").asText(),
        ResourceJson.amounts(item.path("max")),
        ResourceJson.amounts(item.path("min")),
        ResourceJson.amounts(item.path("default")),
        ResourceJson.amounts(item.path("defaultRequest")),
        ResourceJson.amounts(item.path("maxLimitRequestRatio")));
  }

  private static List<Map<String, Object>> stored(LimitRange range) {
    return range.limits().stream().map(LimitRangeChecks::stored).toList();
  }

  private static Map<String, Object> stored(LimitRange.Item item) {
    return Map.of(
        "type", item.type(),
        "max", ResourceJson.texts(item.max()),
        "min", ResourceJson.texts(item.min()),
        "default", ResourceJson.texts(item.defaultLimits()),
        "defaultRequest", ResourceJson.texts(item.defaultRequests()),
        "maxLimitRequestRatio", ResourceJson.texts(item.maxLimitRequestRatio()));
  }

  private static Map<String, Object> pod(PodResources pod) {
    var fields = new TreeMap<String, Object>();
    fields.put("containers", containers(pod.containers()));
    fields.put("initContainers", containers(pod.initContainers()));
    if (pod.podLevel() != null) {
      fields.put("resources", resources(pod.podLevel()));
    }
    fields.put("overhead", ResourceJson.texts(pod.overhead()));
    return fields;
  }

  private static List<Map<String, Object>> containers(List<ContainerResources> containers) {
    return containers.stream().map(container -> resources(container.resources())).toList();
  }

  private static Map<String, Object> resources(Resources resources) {
    return Map.of(
        "requests", ResourceJson.texts(resources.requests()),
        "limits", ResourceJson.texts(resources.limits()));
  }
}
