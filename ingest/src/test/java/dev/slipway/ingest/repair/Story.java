package dev.slipway.ingest.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.ClusterObject;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.PodRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes down what a repair hands over, in short lines, and keeps the pods that are there. */
final class Story implements RepairedSink {
  final List<String> lines = new ArrayList<>();
  final Map<String, Pod> there = new TreeMap<>();

  /** What every pod that was ever told of is called, by identity. */
  final Map<String, PodRef> called = new TreeMap<>();

  @Override
  public void pod(Pod pod, boolean first, long atNanos) {
    Pod previous = there.put(identity(pod), pod);
    called.put(identity(pod), PodRef.of(pod.metadata()));
    assertThat(previous == null).isEqualTo(first);
    lines.add(
        text(pod)
            + (previous == null ? " new" : " after " + previous.metadata().resourceVersion()));
  }

  @Override
  public void gone(PodRef pod, @Nullable Pod last, Gone why, long atNanos) {
    Pod known = Objects.requireNonNull(there.remove(pod.identity()), "a pod that is there");
    lines.add(text(last == null ? known : last) + " " + why);
  }

  @Override
  public void rekeyed(String name, String uid) {
    Pod pod = Objects.requireNonNull(there.remove(name), "a pod that is there");
    there.put(uid, pod);
    called.put(uid, new PodRef(uid, pod.metadata().namespace(), pod.metadata().name()));
  }

  @Override
  public void bound(PodRef pod, String nodeName, long atNanos) {
    lines.add(pod.name() + " bound to " + nodeName);
  }

  @Override
  public void object(Action action, ClusterObject object, long atNanos) {
    lines.add(action + " " + object.kind() + " " + object.metadata().name());
  }

  @Override
  public void hint(FeedEvent.Hint hint) {
    lines.add(hint.pod().uid() + " hint " + hint.reason() + " " + hint.count());
  }

  @Override
  public void runtime(FeedEvent.RuntimeSeen seen) {
    lines.add(seen.pod().uid() + " " + seen.step() + " " + seen.container());
  }

  private static String text(Pod pod) {
    ObjectMeta metadata = pod.metadata();
    return metadata.name() + "/" + metadata.uid() + "@" + metadata.resourceVersion();
  }

  private static String identity(Pod pod) {
    ObjectMeta metadata = pod.metadata();
    return metadata.uid().isEmpty() ? metadata.key() : metadata.uid();
  }

  static Pod pod(String name, String uid, String version, @Nullable PodPhase phase) {
    return pod(name, uid, version, phase, Times.NONE, 1);
  }

  static Pod pod(
      String name,
      String uid,
      String version,
      @Nullable PodPhase phase,
      long created,
      long generation) {
    var metadata =
        new ObjectMeta(
            name,
            "shop",
            uid,
            generation,
            version,
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            created,
            Times.NONE,
            null);
    var status =
        new PodStatus(
            phase, "", "", Times.NONE, "", "", 0, List.of(), List.of(), List.of(), List.of());
    return new Pod(metadata, PodSpec.EMPTY, status);
  }
}
