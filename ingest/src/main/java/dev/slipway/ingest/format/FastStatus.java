package dev.slipway.ingest.format;

import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the status of a pod at a cursor. */
final class FastStatus {
  /*
   * In the order of the API server (k8s.io/api core/v1 types.go, 1.37), with what is passed over.
   */
  private static final Names STATUS =
      Names.of(
          "observedGeneration",
          "phase",
          "conditions",
          "message",
          "reason",
          "nominatedNodeName",
          "hostIP",
          "hostIPs",
          "podIP",
          "podIPs",
          "startTime",
          "initContainerStatuses",
          "containerStatuses",
          "qosClass",
          "ephemeralContainerStatuses",
          "resize",
          "resourceClaimStatuses",
          "extendedResourceClaimStatus",
          "allocatedResources",
          "resources");

  private static final PodPhase[] PHASES = PodPhase.values();
  private static final Names PHASE_NAMES =
      Names.of(List.of(PHASES).stream().map(PodPhase::text).toArray(String[]::new));

  private static final Names CONTAINER =
      Names.of(
          "name",
          "state",
          "lastState",
          "ready",
          "restartCount",
          "image",
          "imageID",
          "containerID",
          "started",
          "allocatedResources",
          "resources",
          "volumeMounts",
          "user",
          "allocatedResourcesStatus",
          "stopSignal");

  private static final Names STATE = Names.of("waiting", "running", "terminated");
  private static final Names TERMINATED =
      Names.of("exitCode", "signal", "reason", "message", "startedAt", "finishedAt", "containerID");
  private static final Names RUNNING = Names.of("startedAt");
  private static final Names WAITING = Names.of("reason", "message");

  private final JsonCursor cursor;
  private final Texts texts;
  private final FastAmounts amounts;
  private final FastConditions conditions;

  FastStatus(JsonCursor cursor, Texts texts, FastAmounts amounts) {
    this.cursor = cursor;
    this.texts = texts;
    this.amounts = amounts;
    this.conditions = new FastConditions(cursor, texts);
  }

  PodStatus status() {
    PodPhase phase = null;
    String reason = "";
    String message = "";
    long startTime = Times.NONE;
    String podIp = "";
    String qosClass = "";
    long observedGeneration = 0;
    List<PodCondition> conditions = List.of();
    List<ContainerStatus> init = List.of();
    List<ContainerStatus> app = List.of();
    List<ContainerStatus> ephemeral = List.of();
    ResourceRequirements resources = ResourceRequirements.NONE;
    Map<String, Quantity> allocated = Map.of();
    int fields = 0;
    for (int field = cursor.first(STATUS);
        field != Names.END;
        field = cursor.next(STATUS, field + 1)) {
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> observedGeneration = texts.whole();
        case 1 -> phase = phase();
        case 2 -> conditions = this.conditions.list();
        case 3 -> message = texts.own();
        case 4 -> reason = texts.shared();
        case 8 -> podIp = texts.own();
        case 10 -> startTime = texts.time();
        case 11 -> init = containers();
        case 12 -> app = containers();
        case 13 -> qosClass = texts.shared();
        case 14 -> ephemeral = containers();
        case 18 -> allocated = amounts.sharedMap();
        case 19 -> resources = amounts.requirementsOrNone();
        default -> cursor.skip();
      }
    }
    return new PodStatus(
        phase,
        reason,
        message,
        startTime,
        podIp,
        qosClass,
        observedGeneration,
        conditions,
        init,
        app,
        ephemeral,
        resources,
        allocated);
  }

  private @Nullable PodPhase phase() {
    if (cursor.takeNull()) {
      return null;
    }
    cursor.string();
    if (cursor.from == cursor.to) {
      return null;
    }
    int phase = PHASE_NAMES.find(cursor.bytes, cursor.from, cursor.to);
    if (phase == Names.UNKNOWN) {
      throw Bail.OUT;
    }
    return PHASES[phase];
  }

  private List<ContainerStatus> containers() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var containers = new ArrayList<ContainerStatus>(4);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      containers.add(container());
    }
    return containers;
  }

  private ContainerStatus container() {
    String name = "";
    ContainerState state = ContainerState.NONE;
    ContainerState lastState = ContainerState.NONE;
    boolean ready = false;
    int restartCount = 0;
    String image = "";
    String imageId = "";
    String containerId = "";
    Boolean started = null;
    ResourceRequirements resources = ResourceRequirements.NONE;
    Map<String, Quantity> allocated = Map.of();
    int fields = 0;
    for (int field = cursor.first(CONTAINER);
        field != Names.END;
        field = cursor.next(CONTAINER, field + 1)) {
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> name = texts.shared();
        case 1 -> state = state();
        case 2 -> lastState = state();
        case 3 -> ready = texts.bool();
        case 4 -> restartCount = texts.whole32();
        case 5 -> image = texts.shared();
        case 6 -> imageId = texts.shared();
        case 7 -> containerId = texts.own();
        case 8 -> started = texts.boolOrNull();
        case 9 -> allocated = amounts.sharedMap();
        case 10 -> resources = amounts.requirementsOrNone();
        default -> cursor.skip();
      }
    }
    return new ContainerStatus(
        name,
        state,
        lastState,
        ready,
        restartCount,
        image,
        imageId,
        containerId,
        started,
        resources,
        allocated,
        false);
  }

  /** Of several states the one further on counts. */
  private ContainerState state() {
    if (cursor.takeNull()) {
      return ContainerState.NONE;
    }
    ContainerState terminated = ContainerState.NONE;
    ContainerState running = ContainerState.NONE;
    ContainerState waiting = ContainerState.NONE;
    int fields = 0;
    for (int field = cursor.first(STATE);
        field != Names.END;
        field = cursor.next(STATE, field + 1)) {
      fields = FastPods.once(fields, field);
      if (field == Names.UNKNOWN) {
        cursor.skip();
      } else if (!cursor.takeNull()) {
        switch (field) {
          case 0 -> waiting = waiting();
          case 1 -> running = running();
          default -> terminated = terminated();
        }
      }
    }
    if (terminated != ContainerState.NONE) {
      return terminated;
    }
    return running != ContainerState.NONE ? running : waiting;
  }

  private ContainerState terminated() {
    int exitCode = 0;
    String reason = "";
    String message = "";
    long startedAt = Times.NONE;
    long finishedAt = Times.NONE;
    String containerId = "";
    int fields = 0;
    for (int field = cursor.first(TERMINATED);
        field != Names.END;
        field = cursor.next(TERMINATED, field + 1)) {
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> exitCode = texts.whole32();
        case 2 -> reason = texts.shared();
        case 3 -> message = texts.own();
        case 4 -> startedAt = texts.time();
        case 5 -> finishedAt = texts.time();
        case 6 -> containerId = texts.own();
        default -> cursor.skip();
      }
    }
    return new ContainerState.Terminated(
        exitCode, reason, message, startedAt, finishedAt, containerId);
  }

  private ContainerState running() {
    long startedAt = Times.NONE;
    int fields = 0;
    for (int field = cursor.first(RUNNING);
        field != Names.END;
        field = cursor.next(RUNNING, field + 1)) {
      fields = FastPods.once(fields, field);
      if (field == 0) {
        startedAt = texts.time();
      } else {
        cursor.skip();
      }
    }
    return new ContainerState.Running(startedAt);
  }

  private ContainerState waiting() {
    String reason = "";
    String message = "";
    int fields = 0;
    for (int field = cursor.first(WAITING);
        field != Names.END;
        field = cursor.next(WAITING, field + 1)) {
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> reason = texts.shared();
        case 1 -> message = texts.own();
        default -> cursor.skip();
      }
    }
    return new ContainerState.Waiting(reason, message);
  }
}
