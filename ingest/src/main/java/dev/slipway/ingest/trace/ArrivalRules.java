package dev.slipway.ingest.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.runtime.BehaviorField.Unit;
import dev.slipway.engine.runtime.BehaviorText;
import dev.slipway.engine.runtime.Distribution;
import dev.slipway.engine.runtime.SplitMix64;
import dev.slipway.ingest.behavior.DistributionReader;
import dev.slipway.ingest.behavior.Reading;
import dev.slipway.ingest.manifest.PodSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Manifests with rules that say when pods arrive and how long they stay; docs/replay.md describes
 * the file. Every number is drawn from the seed, the rule's name and the pod's number.
 */
final class ArrivalRules {
  private static final Set<String> FIELDS = Set.of("until", "arrivals", "nodes", "objects");
  private static final Set<String> RULE_FIELDS =
      Set.of(
          "name",
          "manifest",
          "object",
          "replicas",
          "arrival",
          "from",
          "until",
          "lifetime",
          "run",
          "exit",
          "used");
  private static final long DAY = 24 * 3600 * Times.SECOND;

  /** More pods than this in one file are a slip of the pen. */
  private static final int PODS_MAX = 10_000_000;

  private final Path file;
  private final long seed;
  private final TraceBuilder out;

  private ArrivalRules(Path file, long seed, TraceBuilder out) {
    this.file = file;
    this.seed = seed;
    this.out = out;
  }

  static boolean isRules(JsonNode tree) {
    return tree.isObject() && !tree.has("kind") && (tree.has("arrivals") || tree.has("nodes"));
  }

  static void read(Path file, JsonNode tree, long seed, TraceBuilder out) {
    new ArrivalRules(file, seed, out).root(new Reading(tree, "", out::problem));
  }

  private void root(Reading root) {
    root.onlyFields(FIELDS);
    Long until = duration(root.get("until"));
    if (root.get("arrivals").present()) {
      out.until = until == null ? DAY : until;
    }
    root.get("nodes").list(this::nodes);
    var objects = new ArrayList<JsonNode>();
    root.get("objects").json().forEach(objects::add);
    ClusterObjects.read(objects, out);
    root.get("arrivals").list(this::rule);
  }

  private static @Nullable Long duration(Reading place) {
    String text = place.text();
    return text == null ? null : place.tried(() -> BehaviorText.duration(text));
  }

  // Nodes.

  private @Nullable Boolean nodes(Reading place) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("name", "count", "allocatable", "labels"));
    String name = place.get("name").text();
    ResourceList allocatable =
        ClusterObjects.amounts(
            place.get("allocatable").json(), place.get("allocatable").path(), out);
    if (!allocatable.present()) {
      place.get("allocatable").report("is missing");
    }
    int count = whole(place.get("count"), 1);
    for (int k = 0; k < count; k++) {
      String full = (name == null ? "node" : name) + "-" + k;
      if (out.claim("node " + full, place.path() + ".name")) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kubernetes.io/hostname", full);
        place
            .get("labels")
            .json()
            .properties()
            .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        out.nodes.add(new TraceNode(full, labels, allocatable, false, null));
      }
    }
    return true;
  }

  private static int whole(Reading place, int otherwise) {
    if (!place.present()) {
      return otherwise;
    }
    JsonNode json = place.json();
    if (!json.isIntegralNumber() || !json.canConvertToInt() || json.intValue() < 0) {
      place.report("must be a whole number not below 0");
      return otherwise;
    }
    return json.intValue();
  }

  // Pods.

  private @Nullable Boolean rule(Reading place) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(RULE_FIELDS);
    PodSource source = source(place);
    if (source == null) {
      return null;
    }
    String given = place.get("name").text();
    String name = given == null ? source.name() : given;
    long from = or(duration(place.get("from")), 0);
    long until = Math.min(out.until, or(duration(place.get("until")), out.until));
    long[] times = times(place, name, from, until);
    Distribution lifetime =
        DistributionReader.read(place.get("lifetime"), Unit.DURATION_OR_FOREVER);
    Distribution run = DistributionReader.read(place.get("run"), Unit.DURATION_OR_FOREVER);
    Distribution exit = DistributionReader.read(place.get("exit"), Unit.EXIT_CODE);
    var template = ManifestPods.pod(source, 0, 0, Times.NONE);
    TracePod.Usage usage = usage(place.get("used"));
    if (!out.claim("rule " + name, place.path() + ".name")) {
      return null;
    }
    for (int k = 0; k < times.length; k++) {
      long life = draw(lifetime, name + " lifetime " + k);
      long runs = draw(run, name + " run " + k);
      int code = exit == null ? 0 : (int) draw(exit, name + " exit " + k);
      out.pods.add(
          new TracePod(
              named(template.pod(), name + "-" + k, times[k]),
              template.object(),
              times[k],
              life < 0 ? Times.NONE : times[k] + life,
              "",
              runs < 0 ? Map.of() : Map.of(TracePod.ALL_APPS, new TracePod.Run(runs, code)),
              usage));
    }
    return true;
  }

  private static long or(@Nullable Long value, long otherwise) {
    return value == null ? otherwise : value;
  }

  private long draw(@Nullable Distribution from, String name) {
    return from == null ? -1 : Math.round(from.draw(new SplitMix64(SplitMix64.derive(seed, name))));
  }

  private static Pod named(Pod pod, String name, long at) {
    ObjectMeta meta = pod.metadata();
    return new Pod(
        ManifestPods.at(meta, name, meta.namespace() + "/" + name, at),
        pod.spec(),
        PodStatus.EMPTY);
  }

  private TracePod.Usage usage(Reading place) {
    if (!place.isMap()) {
      return TracePod.Usage.UNKNOWN;
    }
    place.onlyFields(Set.of("cpu", "memory"));
    ResourceList used = ClusterObjects.amounts(place.json(), place.path(), out);
    return new TracePod.Usage(
        used.has("cpu") ? used.getOrZero("cpu").milliValue() : -1,
        used.has("memory") ? used.getOrZero("memory").value() : -1);
  }

  private @Nullable PodSource source(Reading place) {
    Reading manifest = place.get("manifest");
    Reading object = place.get("object");
    if (manifest.present() == object.present()) {
      place.report("needs either manifest or object");
      return null;
    }
    try {
      List<PodSource> sources =
          object.present()
              ? ManifestPods.sources(withName(object.json()).toString(), out).pods()
              : manifest(manifest);
      if (sources.size() != 1) {
        (object.present() ? object : manifest).report("must hold one object with pods");
        return null;
      }
      return sources.getFirst();
    } catch (IOException e) {
      manifest.report("cannot be read: " + e.getMessage());
      return null;
    }
  }

  private static JsonNode withName(JsonNode object) {
    JsonNode copy = object.deepCopy();
    if (copy instanceof ObjectNode map && !map.path("metadata").has("name")) {
      map.withObject("/metadata").put("name", "pod");
    }
    return copy;
  }

  private List<PodSource> manifest(Reading place) throws IOException {
    String name = String.valueOf(place.text());
    Path path = file.resolveSibling(name);
    return ManifestPods.sources(Files.readString(path, StandardCharsets.UTF_8), out).pods();
  }

  // Times of arrival.

  private long[] times(Reading place, String name, long from, long until) {
    Reading arrival = place.get("arrival");
    if (!arrival.present()) {
      long[] times = new long[whole(place.get("replicas"), 1)];
      java.util.Arrays.fill(times, from);
      return times;
    }
    if (place.get("replicas").present()) {
      place.get("replicas").report("goes without arrival: they are all there at the beginning");
    }
    if (!arrival.isMap()) {
      return new long[0];
    }
    arrival.onlyFields(Set.of("every", "poisson", "diurnal"));
    if (arrival.json().size() != 1) {
      arrival.report("must name one of every, poisson, diurnal");
      return new long[0];
    }
    return switch (arrival.json().fieldNames().next()) {
      case "every" -> every(arrival.get("every"), from, until);
      case "poisson" -> drawn(arrival.get("poisson"), name, from, until, false);
      case "diurnal" -> drawn(arrival.get("diurnal"), name, from, until, true);
      default -> new long[0];
    };
  }

  private static long[] every(Reading place, long from, long until) {
    Long period = duration(place);
    if (period == null || period <= 0 || (until - from) / period > PODS_MAX) {
      place.report("must be a time above 0, and at most " + PODS_MAX + " of them");
      return new long[0];
    }
    long[] times = new long[(int) ((Math.max(0, until - from) + period - 1) / period)];
    for (int k = 0; k < times.length; k++) {
      times[k] = from + k * period;
    }
    return times;
  }

  /** As many points as the rate brings, each put by the shape of the day. */
  private long[] drawn(Reading place, String name, long from, long until, boolean diurnal) {
    if (!place.isMap()) {
      return new long[0];
    }
    place.onlyFields(
        diurnal ? Set.of("perHour", "count", "peak", "depth") : Set.of("perHour", "count"));
    var random = new SplitMix64(SplitMix64.derive(seed, name + " arrival"));
    double mean =
        place.get("perHour").json().asDouble(-1) * (until - from) / (3600.0 * Times.SECOND);
    long count = whole(place.get("count"), -1);
    if ((mean < 0) == (count < 0)) {
      place.report("needs either perHour or count, not below 0");
      return new long[0];
    }
    if (Math.max(mean, count) > PODS_MAX) {
      place.report("more than " + PODS_MAX + " pods");
      return new long[0];
    }
    double depth = diurnal ? place.get("depth").json().asDouble(0.5) : 0;
    if (depth < 0 || depth > 1) {
      place.get("depth").report("must be from 0 to 1");
      return new long[0];
    }
    long peak = or(duration(place.get("peak")), 14 * 3600 * Times.SECOND);
    long[] times = new long[count >= 0 ? (int) count : poisson(mean, random)];
    for (int k = 0; k < times.length; k++) {
      times[k] = point(from, until, peak, depth, random);
    }
    java.util.Arrays.sort(times);
    return times;
  }

  /** Counts exponential gaps; exact for any mean. */
  private static int poisson(double mean, SplitMix64 random) {
    int count = 0;
    for (double at = -StrictMath.log(1 - random.nextDouble());
        at < mean;
        at -= StrictMath.log(1 - random.nextDouble())) {
      count++;
    }
    return count;
  }

  /** By rejection: more likely near the peak of each day, whole milliseconds. */
  private static long point(long from, long until, long peak, double depth, SplitMix64 random) {
    while (true) {
      long at = from + (long) (random.nextDouble() * (until - from));
      double height = 1 + depth * StrictMath.cos(2 * StrictMath.PI * (at - peak) / DAY);
      if (random.nextDouble() * (1 + depth) < height) {
        return at / Times.MILLI * Times.MILLI;
      }
    }
  }
}
