package dev.slipway.engine.state;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything the engine knows of one pod. Written by the rules only, one event after another. */
public final class PodState {
  /** Where the pod worker stands (rule section 4.3). */
  public enum Worker {
    SYNCING,
    TERMINATING,
    TERMINATED,
    /** Final status written; nothing happens any more. */
    FINISHED
  }

  private static final long[] NEVER = new long[OwnedCondition.COMMON];

  static {
    Arrays.fill(NEVER, Times.NONE);
  }

  /**
   * The pod object as the worker got it last; a pass goes on with the one it began with (rule
   * L-022).
   */
  public ObjectMeta meta;

  public PodShape shape;

  /** The pod object in the API. */
  public ObjectMeta apiMeta;

  public PodShape apiShape;

  /**
   * The spec as the API has it, if it asks for resources that are not allocated (rules L-170,
   * L-620); {@link #apiShape} goes on with the allocated ones.
   */
  public @Nullable PodShape wanted;

  /** Condition PodResizePending as the next status shows it (rule L-620), null for none. */
  public @Nullable ConditionValue resizePending;

  public long resizePendingSince = Times.NONE;

  /** Condition PodResizeInProgress as the next status shows it (rule L-621), null for none. */
  public @Nullable ConditionValue resizeInProgress;

  public long resizeInProgressSince = Times.NONE;

  public ContainerSlot[] slots;
  public final boolean isStatic;

  /** The newest sandbox, older ones linked behind it. */
  public @Nullable Sandbox sandbox;

  /** The pod-level resources last set (rule L-170); nothing if none were. */
  public ResourceRequirements actuated = ResourceRequirements.NONE;

  /** The spec the pod's cgroup was last set for. */
  public PodShape cgroup;

  public int lastRecordId;

  // The status cached by the node.
  public @Nullable PodPhase phase;
  public String reason = "";
  public String message = "";
  public long startTime = Times.NONE;

  /** The conditions every pod has, then, once one of them was set, those few pods have. */
  private @Nullable ConditionValue[] conditions = new ConditionValue[OwnedCondition.COMMON];

  /** Last transition times of {@link #conditions}. */
  private long[] since = NEVER.clone();

  /** The node says which generation of the pod a status is about (1.34). */
  public boolean observesGeneration = true;

  /** A first status was cached. */
  public boolean cached;

  // The status in the API.
  public @Nullable PodPhase apiPhase;
  public String apiReason = "";
  public String apiMessage = "";
  public boolean apiDisruption;

  /** Conditions of other owners, in their order. */
  public List<PodCondition> foreign = List.of();

  /** "Had initialized" by the status in the pod object as the worker last got it (rule L-536 c). */
  public boolean objectInitialized;

  // The pod worker.
  public Worker worker = Worker.SYNCING;
  public Step step = Step.IDLE;

  /** A pass is about to begin. */
  public boolean passScheduled;

  /** Something asked for a pass while one was scheduled or in progress: one more follows. */
  public boolean passPending;

  /**
   * Changes the runtime reported at {@link #noticedAt}; each asks for a pass the moment after (rule
   * L-020).
   */
  public int noticed;

  public long noticedAt;

  /** The worker waits for the runtime to be listed again. */
  public boolean awaitsListing;

  /** What the node's listings told; null where it sees what happens the instant it happens. */
  public @Nullable Listing listing;

  public int killGeneration;

  /** The probe workers have lost their context (1.36 only). */
  public boolean probesCut;

  /** The node's own eviction began the termination: of such a pod no dead record is kept. */
  public boolean evicted;

  /** Dead records beside the newest go when the pass of the same instant has looked at them. */
  public boolean deadRecords;

  /** When the last container died. */
  public long deadSince = Times.NONE;

  /** The status just written makes the node look at Ready again (rule L-020). */
  public boolean reconcileReady;

  /** A wake-up is on its way. */
  public boolean waking;

  public boolean terminationWanted;

  /** Effective grace in force in seconds, 0 if none (rule L-421). */
  public long grace;

  /**
   * Set when the termination has a grace of its own; without it every container uses its own (rule
   * L-422).
   */
  public boolean graceSet;

  /**
   * Phase, reason and message that the requester of the termination wants (rules L-452 to L-454).
   */
  public @Nullable TerminationRequest request;

  /** The pass in progress; null between passes that do nothing. */
  public @Nullable PodActions actions;

  /**
   * The node has no spec of the pod: it is stopped without order, hooks and status (rule L-427).
   */
  public boolean orphan;

  public long passEnded = Times.NONE;
  public int requeueGeneration;
  public int deadlineGeneration;
  public int pullGeneration;

  /** Image pull back-off by image (rule L-331); null until a pull fails. */
  public @Nullable PullBackOff pullBackOff;

  public PodState(ObjectMeta meta, PodShape shape, boolean isStatic) {
    this.meta = meta;
    this.shape = shape;
    this.apiMeta = meta;
    this.apiShape = shape;
    this.cgroup = shape;
    this.isStatic = isStatic;
    this.slots = new ContainerSlot[shape.count];
    for (int c = 0; c < slots.length; c++) {
      slots[c] = new ContainerSlot();
    }
  }

  /** What a pass or a termination waits for. */
  public enum Step {
    IDLE,
    /** All containers are being stopped. */
    STOPPING_ALL,
    /** The sandbox is being stopped. */
    STOPPING_SANDBOX,
    /** One container of the stop list is being stopped. */
    STOPPING_ONE,
    /** One container of the reset list is being stopped. */
    RESETTING,
    /** The runtime was asked how much memory is in use (rule L-174). */
    MEASURING,
    /** Resources of running containers are being set. */
    RESIZING,
    CREATING_SANDBOX,
    /** The runtime was asked whether it has the image. */
    INSPECTING,
    PULLING,
    /** The container is being created and started, its postStart hook included. */
    STARTING
  }

  /** The generation that status and conditions say they were made for (rule L-612). */
  public long generation() {
    return observesGeneration ? meta.generation() : 0;
  }

  /** The condition's value, null if absent. */
  public @Nullable ConditionValue condition(OwnedCondition which) {
    int place = which.place();
    return place < conditions.length ? conditions[place] : null;
  }

  /** Sets the condition's value, null if absent. */
  public void condition(OwnedCondition which, @Nullable ConditionValue value) {
    if (value != null || which.place() < conditions.length) {
      room(which);
      conditions[which.place()] = value;
    }
  }

  /** The condition's last transition, {@link Times#NONE} if there was none. */
  public long since(OwnedCondition which) {
    int place = which.place();
    return place < since.length ? since[place] : Times.NONE;
  }

  /** Sets the condition's last transition. */
  public void since(OwnedCondition which, long at) {
    if (at != Times.NONE || which.place() < since.length) {
      room(which);
      since[which.place()] = at;
    }
  }

  private void room(OwnedCondition which) {
    int had = since.length;
    if (which.place() >= had) {
      conditions = Arrays.copyOf(conditions, OwnedCondition.count());
      since = Arrays.copyOf(since, OwnedCondition.count());
      Arrays.fill(since, had, since.length, Times.NONE);
    }
  }

  /** Copies the conditions, by {@link OwnedCondition#ordinal()}. */
  public void conditions(@Nullable ConditionValue[] values, long[] times) {
    for (int k = 0; k < values.length; k++) {
      OwnedCondition which = OwnedCondition.at(k);
      values[k] = condition(which);
      times[k] = since(which);
    }
  }

  /** True if the condition is there and True. */
  public boolean isTrue(OwnedCondition which) {
    ConditionValue value = condition(which);
    return value != null && value.isTrue();
  }

  /**
   * True if the record's sandbox is the newest one and READY: the record is active (rule L-016).
   */
  public boolean active(ContainerRecord record) {
    Sandbox newest = sandbox;
    return newest != null && newest.ready && record.sandbox == newest;
  }

  /** The container's newest active record, null if it has none. */
  public @Nullable ContainerRecord activeRecord(int ordinal) {
    for (ContainerRecord r = slots[ordinal].newest; r != null; r = r.older) {
      if (active(r)) {
        return r;
      }
    }
    return null;
  }

  /** True if the newest record of some app container is CREATED, RUNNING or EXITED. */
  public boolean anyAppCreated() {
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      ContainerRecord record = slots[c].newest;
      if (record != null && record.state() != RecordState.UNKNOWN) {
        return true;
      }
    }
    return false;
  }

  /** True if some app container has an active record in any state (rule L-110). */
  public boolean hasActiveApp() {
    for (int c = shape.appStart; c < shape.ephemeralStart; c++) {
      if (activeRecord(c) != null) {
        return true;
      }
    }
    return false;
  }
}
