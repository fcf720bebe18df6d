package dev.slipway.ops.serve;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.PodShape;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Stands in for what the API server and the scheduler do to a new pod: a uid, the time of its
 * creation, a node. The scheduler goes round the nodes. Used by one thread.
 */
final class Binder {
  /** Shapes kept: pods of one template and node share one. */
  private static final int SHAPES_MAX = 100_000;

  /** What the API server writes where a spec says nothing (V-60). */
  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final List<String> nodes;
  private final LongSupplier now;
  private final Map<PodSpec, PodShape> shapes =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PodSpec, PodShape> eldest) {
          return size() > SHAPES_MAX;
        }
      };

  private long bound;

  Binder(int nodes, LongSupplier now) {
    this.nodes = names(nodes);
    this.now = now;
  }

  /** The names of so many simulated nodes. */
  static List<String> names(int nodes) {
    return IntStream.rangeClosed(1, nodes).mapToObj(number -> "node-" + number).toList();
  }

  /** The pod as the API would have it; its own uid, time and node stay. */
  Pod bind(Pod pod) {
    PodSpec spec = pod.spec();
    return new Pod(
        born(pod.metadata()), spec.nodeName().isEmpty() ? bind(spec) : spec, pod.status());
  }

  /** The next node in turn. */
  int next() {
    return (int) (bound++ % nodes.size());
  }

  String node(int number) {
    return nodes.get(number);
  }

  PodSpec bind(PodSpec spec) {
    return on(spec, node(next()));
  }

  /** A pod is known by its uid, by namespace and name where it has none. */
  static String uid(ObjectMeta meta) {
    return meta.uid().isEmpty()
        ? UUID.nameUUIDFromBytes(meta.key().getBytes(StandardCharsets.UTF_8)).toString()
        : meta.uid();
  }

  /** The metadata of an object the API server has just taken. */
  ObjectMeta born(ObjectMeta meta) {
    boolean whole =
        !meta.uid().isEmpty()
            && meta.creationTimestamp() != Times.NONE
            && meta.generation() > 0
            && !meta.namespace().isEmpty();
    if (whole) {
      return meta;
    }
    String namespace = meta.namespace().isEmpty() ? "default" : meta.namespace();
    return new ObjectMeta(
        meta.name(),
        namespace,
        uid(meta),
        Math.max(1, meta.generation()),
        meta.resourceVersion(),
        meta.labels(),
        meta.annotations(),
        meta.ownerReferences(),
        meta.finalizers(),
        meta.creationTimestamp() == Times.NONE
            ? Times.truncateToSecond(now.getAsLong())
            : meta.creationTimestamp(),
        meta.deletionTimestamp(),
        meta.deletionGracePeriodSeconds());
  }

  PodShape shape(PodSpec spec) {
    return shapes.computeIfAbsent(spec, PodShape::of);
  }

  /** The same spec on a node. */
  static PodSpec on(PodSpec spec, String node) {
    Long grace = spec.terminationGracePeriodSeconds();
    return new PodSpec(
        spec.restartPolicy(),
        grace == null ? Long.valueOf(DEFAULT_GRACE_SECONDS) : grace,
        spec.activeDeadlineSeconds(),
        spec.hostNetwork(),
        node,
        spec.readinessGates(),
        spec.initContainers(),
        spec.containers(),
        spec.ephemeralContainers(),
        spec.resources(),
        spec.overhead(),
        spec.priority(),
        spec.priorityClassName());
  }
}
