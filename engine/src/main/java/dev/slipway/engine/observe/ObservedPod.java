package dev.slipway.engine.observe;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodState.Worker;
import dev.slipway.engine.state.PodTransition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pod as it is followed: enough of its last version to tell what the next one changed and what
 * contradicts the rules. One owner, no clock: time is the time of the version or of the caller's
 * own input.
 */
public final class ObservedPod {
  private static final PodPhase[] PHASES = PodPhase.values();

  String uid;
  final String namespace;
  final String name;
  String ownerKind = "";
  String ownerName = "";

  /** What a template appended to the owner's name, a dash included: so many characters. */
  byte ownerSuffix;

  String node = "";
  String resourceVersion = "";
  ObservedSpec spec;
  ObservedContainer[] containers;

  /** The spec of the last version, to tell by reference that it is the same. */
  private @Nullable PodSpec seen;

  /** Ordinal of the phase, -1: none yet. */
  byte phase = -1;

  /** Two bits per {@link OwnedCondition}: 0 absent, 1 False, 2 Unknown, 3 True. */
  int conditions;

  /** The worker's state as far as it shows (rule L-420). */
  Worker worker = Worker.SYNCING;

  /** The pod was followed before any of its containers had started. */
  boolean fromStart;

  long created = Times.NONE;
  long scheduledAt = Times.NONE;
  long sandboxAt = Times.NONE;
  long initializedAt = Times.NONE;
  long readyAt = Times.NONE;
  long startTime = Times.NONE;

  /** When deletion was first asked for, NONE: it was not. */
  long askedAt = Times.NONE;

  /** Earliest and latest end of the grace that was ever in force. */
  long graceEndMin = Times.NONE;

  long graceEndMax = Times.NONE;

  /** Every app container and sidecar was running or over when deletion was first seen. */
  boolean settledWhenAsked;

  /** Findings about the pod that were reported, as bits of their kind. */
  int found;

  /** What contradicts if it stays; nearly always nothing. */
  List<Doubt> doubts = List.of();

  /** The deadline its shard holds for it. */
  long armed = Times.NONE;

  ObservedPod(String uid, String namespace, String name, ObservedSpec spec) {
    this.uid = uid;
    this.namespace = namespace;
    this.name = name;
    this.spec = spec;
    this.containers = fresh(spec.count());
  }

  /** A pod nothing is known of yet. */
  public static ObservedPod of(Pod pod, ObservedSpecs specs) {
    ObjectMeta meta = pod.metadata();
    return new ObservedPod(meta.uid(), meta.namespace(), meta.name(), specs.of(pod.spec()));
  }

  private static ObservedContainer[] fresh(int count) {
    ObservedContainer[] containers = new ObservedContainer[count];
    for (int c = 0; c < count; c++) {
      containers[c] = new ObservedContainer();
    }
    return containers;
  }

  /**
   * Takes the next version: derives what changed and judges it. A version that is not newer than
   * the last one changes nothing and gives false.
   *
   * @param atNanos the feed's time, {@link Times#NONE} if there is none
   */
  public boolean observe(
      Pod pod, long atNanos, ObservedSpecs specs, ObserveSettings settings, ObserveSink sink) {
    ObjectMeta meta = pod.metadata();
    if (!newer(meta.resourceVersion())) {
      return false;
    }
    boolean first = phase < 0 && conditions == 0 && created == Times.NONE;
    resourceVersion = meta.resourceVersion();
    spec(pod.spec(), specs);
    if (first) {
      created = meta.creationTimestamp();
      fromStart =
          pod.status().containerStatuses().isEmpty()
              && pod.status().initContainerStatuses().isEmpty();
    }
    owner(meta);
    new VersionDiff(this, settings, sink).apply(pod);
    Judgement.judge(this, pod.status(), settings, sink);
    ResourceJudgement.judge(this, pod, atNanos);
    return true;
  }

  /** The object is gone from the API. */
  public void gone(long atNanos, ObserveSink sink) {
    PodTransition how = worker == Worker.SYNCING ? PodTransition.REMOVED : PodTransition.CLOSED;
    sink.transition(this, ObservedTransition.of(how, atNanos, ""));
  }

  /** When {@link #due} has to be asked, {@link Times#NONE}: never, as things stand. */
  public long checkAt(ObserveSettings settings) {
    return Waits.earliest(this, settings);
  }

  /** Reports what has been waited for in vain by now. */
  public void due(long now, ObserveSettings settings, ObserveSink sink) {
    Waits.report(this, now, settings, sink);
  }

  /** What the rules expect next, the soonest first. */
  public List<NextStep> next(ObserveSettings settings) {
    return Expectations.of(this, settings);
  }

  /** Versions are numbers to everybody but the API's own documentation; others are taken as new. */
  private boolean newer(String version) {
    if (version.isEmpty() || resourceVersion.isEmpty()) {
      return true;
    }
    if (version.length() != resourceVersion.length()) {
      return !numeric(version)
          || !numeric(resourceVersion)
          || version.length() > resourceVersion.length();
    }
    return numeric(version)
        ? version.compareTo(resourceVersion) > 0
        : !version.equals(resourceVersion);
  }

  private static boolean numeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private void spec(PodSpec next, ObservedSpecs specs) {
    if (next == seen) {
      return;
    }
    seen = next;
    ObservedSpec compact = specs.of(next);
    if (compact == spec) {
      return;
    }
    ObservedContainer[] moved = fresh(compact.count());
    for (int c = 0; c < moved.length; c++) {
      int before = spec.ordinal(compact.containers().get(c).name());
      moved[c] = before < 0 ? moved[c] : containers[before];
    }
    spec = compact;
    containers = moved;
  }

  private void owner(ObjectMeta meta) {
    for (OwnerReference owner : meta.ownerReferences()) {
      if (owner.controller()) {
        if (!owner.name().equals(ownerName) || !owner.kind().equals(ownerKind)) {
          ownerKind = owner.kind();
          ownerName = owner.name();
          ownerSuffix = Workloads.suffix(owner, meta);
        }
        return;
      }
    }
  }

  // What is known.

  /** The UID, {@code namespace/name} until it has one. */
  public String identity() {
    return uid.isEmpty() ? namespace + "/" + name : uid;
  }

  public String uid() {
    return uid;
  }

  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  /** Empty until the pod has one. */
  public String node() {
    return node;
  }

  /** {@code Kind/name} of the controller, empty if it has none. */
  public String owner() {
    return ownerKind.isEmpty() ? "" : ownerKind + "/" + ownerName;
  }

  /**
   * {@code Kind/name} of what its user made: the Deployment of a ReplicaSet, the CronJob of a Job,
   * else the owner; {@code Pod} if it has none.
   */
  public String workload() {
    return Workloads.name(this);
  }

  /** The pod as far as it is known: an object in which everything else is absent. */
  public Pod object() {
    return ObservedObject.of(this);
  }

  public String resourceVersion() {
    return resourceVersion;
  }

  /** Pending until it has one. */
  public PodPhase phase() {
    return phase < 0 ? PodPhase.PENDING : PHASES[phase];
  }

  public boolean ready() {
    return isTrue(OwnedCondition.READY);
  }

  public boolean deleting() {
    return askedAt != Times.NONE;
  }

  /** Restarts of all its containers. */
  public int restarts() {
    int sum = 0;
    for (ObservedContainer c : containers) {
      sum += c.restarts;
    }
    return sum;
  }

  /** How long each stage took. */
  public StageTimes stages() {
    return StageTimes.of(this);
  }

  int condition(OwnedCondition condition) {
    return conditions >>> 2 * condition.ordinal() & 3;
  }

  void condition(OwnedCondition condition, int value) {
    int shift = 2 * condition.ordinal();
    conditions = conditions & ~(3 << shift) | value << shift;
  }

  boolean isTrue(OwnedCondition condition) {
    return condition(condition) == 3;
  }

  String containerName(int c) {
    return spec.containers().get(c).name();
  }

  boolean terminal() {
    return phase >= 0 && PHASES[phase].terminal();
  }
}
