package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.replay.PodHost;
import dev.slipway.engine.replay.PodObserver;
import dev.slipway.engine.status.PublishedStatus;

/**
 * The versions of a pod object that a watch of the API server would bring while the pod lives
 * through a recorded script: one per status written, one for a deletion asked for, one at the end.
 */
public final class PodVersions {
  /** Who gets the versions; times are the driver's. */
  public interface Sink {
    void version(String type, Pod pod, long atNanos);
  }

  private static final String NODE = "node-1";

  private final String name;
  private final Sink sink;
  private long resourceVersion;
  private PodStatus last = PodStatus.EMPTY;
  private boolean gone;

  private PodVersions(String name, Sink sink) {
    this.name = name;
    this.sink = sink;
  }

  /**
   * Lives through the script of a vector of topic trace.
   *
   * @param in the vector's {@code in}
   * @param name name and uid of the pod
   * @param arrivalNanos when it arrives at its node
   */
  public static void of(JsonNode in, String name, Profile profile, long arrivalNanos, Sink sink) {
    var versions = new PodVersions(name, sink);
    versions.first(in, arrivalNanos);
    TraceCheck.run(in, profile, arrivalNanos, versions);
  }

  private void first(JsonNode in, long at) {
    JsonNode pod = in.path("pod");
    tell("ADDED", meta(VectorPods.meta(pod), at), bound(VectorPods.spec(pod)), at);
  }

  private static PodSpec bound(PodSpec spec) {
    return spec.nodeName().isEmpty() ? onNode(spec) : spec;
  }

  private static PodSpec onNode(PodSpec spec) {
    return new PodSpec(
        spec.restartPolicy(),
        spec.terminationGracePeriodSeconds(),
        spec.activeDeadlineSeconds(),
        spec.hostNetwork(),
        NODE,
        spec.readinessGates(),
        spec.initContainers(),
        spec.containers(),
        spec.ephemeralContainers(),
        spec.resources(),
        spec.overhead(),
        spec.priority(),
        spec.priorityClassName());
  }

  private ObjectMeta meta(ObjectMeta meta, long created) {
    resourceVersion++;
    return new ObjectMeta(
        name,
        meta.namespace().isEmpty() ? "default" : meta.namespace(),
        name,
        meta.generation(),
        Long.toString(resourceVersion),
        meta.labels(),
        meta.annotations(),
        meta.ownerReferences(),
        meta.finalizers(),
        created,
        meta.deletionTimestamp(),
        meta.deletionGracePeriodSeconds());
  }

  private void tell(String type, ObjectMeta meta, PodSpec spec, long at) {
    sink.version(type, new Pod(meta, spec, last), at);
  }

  /** Somebody asked for the pod's deletion; the API server has noted it. */
  void asked(JsonNode action, PodHost host, long at) {
    ObjectMeta meta = host.state().apiMeta;
    Long own = host.state().apiShape.spec.terminationGracePeriodSeconds();
    long grace =
        action.has("grace") ? action.path("grace").asLong() : own == null ? 0 : own.longValue();
    Long before = meta.deletionGracePeriodSeconds();
    boolean shorter = before == null || grace < before;
    if (!gone && !host.removed() && shorter) {
      long end = at + grace * 1_000_000_000L;
      version(host, meta.withDeletion(end, grace, meta.generation()), at);
    }
  }

  private void version(PodHost host, ObjectMeta meta, long at) {
    PodSpec spec = bound(host.state().apiShape.spec);
    tell("MODIFIED", meta(meta, host.state().apiMeta.creationTimestamp()), spec, at);
  }

  /** Sees what the other sees. */
  PodObserver besides(PodObserver other) {
    return new PodObserver() {
      @Override
      public void status(PodHost pod, long now) {
        other.status(pod, now);
        last = PublishedStatus.of(pod.state());
        if (!gone) {
          version(pod, pod.state().apiMeta, now);
        }
      }

      @Override
      public void removed(PodHost pod, long now) {
        other.removed(pod, now);
        if (!gone) {
          ObjectMeta meta = pod.state().apiMeta;
          PodSpec spec = bound(pod.state().apiShape.spec);
          tell("DELETED", meta(meta, meta.creationTimestamp()), spec, now);
          gone = true;
        }
      }

      @Override
      public void event(
          PodHost pod, String type, String reason, int container, String message, long now) {
        other.event(pod, type, reason, container, message, now);
      }
    };
  }
}
