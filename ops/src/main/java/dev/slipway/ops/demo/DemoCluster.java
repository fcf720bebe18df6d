package dev.slipway.ops.demo;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.PodScript;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.feed.FeedRecord;
import dev.slipway.ingest.kafka.FeedProducer;
import dev.slipway.ops.pods.PodLine;
import dev.slipway.ops.pods.PodLines;
import dev.slipway.ops.serve.ModelRuntimes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Stands in for controllers, scheduler and API server: makes pods, binds them to nodes, deletes
 * them, and writes each change of an object to the feed. Sees what became of them as anybody does,
 * by their status. Used by one thread.
 */
final class DemoCluster {
  private static final int PODS_PER_NODE = 40;
  private static final int NODES_MIN = 3;

  /** The pods are made over some eight seconds, so that there is something to see. */
  private static final int RAMP_SECONDS = 8;

  private static final int MADE_PER_SECOND_MIN = 20;

  /** A minute of the schedule is shortened to this. */
  private static final long CRON_NANOS = 10 * Times.SECOND;

  /** Ended pods of a CronJob that stay, in batches: successfulJobsHistoryLimit. */
  private static final int CRON_HISTORY = 3;

  /** A CronJob's share of the pods is what it has made after so many batches. */
  private static final int CRON_BATCHES = 6;

  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final DemoOptions options;
  private final List<Workload> workloads;
  private final FeedProducer feed;
  private final PodLines lines;
  private final ModelRuntimes behavior;
  private final List<Member> members = new ArrayList<>();
  private final int nodes;
  private final int madePerSecond;
  private final long began;
  private long made;

  /** Pods that may be made at this moment. */
  private double budget;

  private long turned;
  private long written;

  /** One pod object the cluster holds. */
  private static final class Member {
    final Workload workload;
    final int ordinal;
    Pod pod;

    /** When somebody is going to delete it, {@link Long#MAX_VALUE}: never. */
    final long deleteAt;

    boolean seen;
    boolean gone;
    PodPhase phase = PodPhase.PENDING;

    Member(Workload workload, int ordinal, Pod pod, long deleteAt) {
      this.workload = workload;
      this.ordinal = ordinal;
      this.pod = pod;
      this.deleteAt = deleteAt;
    }

    boolean active() {
      return !phase.terminal() && !pod.metadata().deleting();
    }
  }

  DemoCluster(
      DemoOptions options, ModelRuntimes behavior, FeedProducer feed, PodLines lines, long began) {
    this.options = options;
    this.behavior = behavior;
    this.feed = feed;
    this.lines = lines;
    this.began = began;
    this.turned = began;
    this.nodes = Math.max(NODES_MIN, options.pods() / PODS_PER_NODE);
    this.workloads = Workload.share(options.sources(), options.pods(), nodes);
    this.madePerSecond = Math.max(MADE_PER_SECOND_MIN, options.pods() / RAMP_SECONDS);
  }

  /** Records written to the feed so far. */
  long written() {
    return written;
  }

  int nodes() {
    return nodes;
  }

  List<String> nodeNames() {
    return IntStream.rangeClosed(1, nodes).mapToObj(number -> "node-" + number).toList();
  }

  /** One turn of all controllers. */
  void turn(long now) throws InterruptedException {
    budget = Math.min(madePerSecond, budget + (now - turned) * 1e-9 * madePerSecond);
    turned = now;
    look();
    for (Member member : members) {
      if (now >= member.deleteAt && !member.pod.metadata().deleting()) {
        delete(member, now);
      }
    }
    for (Workload workload : workloads) {
      control(workload, now);
    }
    members.removeIf(member -> member.gone);
  }

  /** What became of the pods. */
  private void look() {
    for (Member member : members) {
      PodLine line = lines.get(member.pod.metadata().uid());
      if (line != null) {
        member.seen = true;
        member.phase = line.phase();
      } else if (member.seen) {
        member.gone = true;
      }
    }
  }

  private void control(Workload workload, long now) throws InterruptedException {
    List<Member> own = members.stream().filter(m -> m.workload == workload && !m.gone).toList();
    int missing =
        switch (workload.kind) {
          case KEPT -> workload.wanted - count(own, Member::active);
          case NUMBERED, PER_NODE -> workload.wanted - own.size();
          case JOB -> missingOfJob(workload, own);
          case CRON -> missingOfCron(workload, own, now);
          case SINGLE -> workload.wanted - workload.made;
        };
    Set<Integer> taken = new HashSet<>();
    own.forEach(member -> taken.add(member.ordinal));
    for (int k = 0; k < missing && budget >= 1; k++) {
      int ordinal = workload.numbered() ? free(taken) : workload.made;
      taken.add(ordinal);
      make(workload, ordinal, now);
    }
  }

  private static int count(List<Member> own, Predicate<Member> which) {
    return (int) own.stream().filter(which).count();
  }

  private static int free(Set<Integer> taken) {
    int ordinal = 0;
    while (taken.contains(ordinal)) {
      ordinal++;
    }
    return ordinal;
  }

  private static int missingOfJob(Workload workload, List<Member> own) {
    int succeeded = count(own, member -> member.phase == PodPhase.SUCCEEDED);
    int active = count(own, Member::active);
    return Math.min(workload.wanted - succeeded, workload.parallel()) - active;
  }

  private int missingOfCron(Workload workload, List<Member> own, long now)
      throws InterruptedException {
    int batch = Math.max(1, workload.wanted / CRON_BATCHES);
    List<Member> ended = own.stream().filter(member -> member.phase.terminal()).toList();
    for (int k = 0; k < ended.size() - CRON_HISTORY * batch; k++) {
      delete(ended.get(k), now);
    }
    long due = 1 + (now - began) / CRON_NANOS;
    return (int) Math.min(Integer.MAX_VALUE, due * batch - workload.made);
  }

  // Objects.

  private void make(Workload workload, int ordinal, long now) throws InterruptedException {
    Pod template = workload.source.pod(ordinal);
    Pod pod =
        new Pod(
            born(name(workload, template, ordinal), template.metadata(), now),
            bound(template.spec(), node(workload, ordinal)),
            PodStatus.EMPTY);
    PodScript script = behavior.of(pod.metadata(), PodShape.of(pod.spec()));
    long deleteAt = script.deleteAfter() < 0 ? Long.MAX_VALUE : now + script.deleteAfter();
    members.add(new Member(workload, ordinal, pod, deleteAt));
    workload.made++;
    made++;
    budget--;
    write(new FeedRecord.Added(pod));
  }

  /** Deletes as an API server does: with grace what still runs, at once what has ended. */
  private void delete(Member member, long now) throws InterruptedException {
    ObjectMeta meta = member.pod.metadata();
    if (member.phase.terminal()) {
      member.gone = true;
      write(new FeedRecord.Deleted(member.pod));
      return;
    }
    Long own = member.pod.spec().terminationGracePeriodSeconds();
    long grace = own == null ? DEFAULT_GRACE_SECONDS : Math.max(1, own);
    ObjectMeta deleting =
        meta.withDeletion(now + grace * Times.SECOND, grace, meta.generation() + 1);
    member.pod = new Pod(deleting, member.pod.spec(), member.pod.status());
    write(new FeedRecord.Modified(member.pod));
  }

  private void write(FeedRecord change) throws InterruptedException {
    feed.publish(change);
    written++;
  }

  /** Controllers name their pods; copies of a single pod are numbered. */
  private static String name(Workload workload, Pod template, int ordinal) {
    String name = template.metadata().name();
    return workload.kind == Workload.Kind.SINGLE && ordinal > 0 ? name + "-" + ordinal : name;
  }

  private ObjectMeta born(String name, ObjectMeta meta, long now) {
    byte[] origin = (options.seed() + "/" + made).getBytes(StandardCharsets.UTF_8);
    return new ObjectMeta(
        name,
        meta.namespace(),
        UUID.nameUUIDFromBytes(origin).toString(),
        Math.max(1, meta.generation()),
        meta.resourceVersion(),
        meta.labels(),
        meta.annotations(),
        meta.ownerReferences(),
        meta.finalizers(),
        Times.truncateToSecond(now),
        Times.NONE,
        null);
  }

  /** The scheduler goes round the nodes. */
  private String node(Workload workload, int ordinal) {
    long number = workload.kind == Workload.Kind.PER_NODE ? ordinal : made % nodes;
    return "node-" + (1 + number);
  }

  private static PodSpec bound(PodSpec spec, String node) {
    return new PodSpec(
        spec.restartPolicy(),
        spec.terminationGracePeriodSeconds(),
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
