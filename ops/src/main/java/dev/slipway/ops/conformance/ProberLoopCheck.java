package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.ProbeResult;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.state.StatusCell;
import dev.slipway.engine.status.ProbeFlags;
import dev.slipway.engine.status.StatusCauses;
import dev.slipway.engine.status.StatusManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Probe workers, their results and the status fed by them (prober/loop). The loop around them is
 * that of the recorder, as its format describes it; containers live as scripted.
 */
final class ProberLoopCheck implements ProbeSimulation.Listener {
  private static final int LATE_SYNC = 3;

  private record Update(int container, int recordId, ProbeResult result) {}

  private final JsonNode in;
  private final Profile profile;
  private final ProbeSettings settings;
  private final StatusManager statuses;
  private final ProbeSimulation simulation;
  private final PodState pod;
  private final PodSink tellUnits;
  private final List<Deque<Update>> updates =
      List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
  private final List<String> shown = new ArrayList<>();
  private final StringBuilder changes = new StringBuilder();
  private final StringBuilder syncs = new StringBuilder();
  private final Sandbox sandbox = new Sandbox(0, true, null, false);
  private final long gap;
  private long lastSync = Long.MIN_VALUE / 2;
  private boolean syncPending;
  private boolean terminating;

  private ProberLoopCheck(Profile profile, JsonNode in) {
    this.in = in;
    this.profile = profile;
    this.settings = ProberWorkerCheck.settings(in, true);
    this.statuses = new StatusManager(profile, settings);
    this.simulation =
        new ProbeSimulation(new VectorState(in.path("pod")), settings, in.path("outcomes"), this);
    this.pod = simulation.state.pod;
    this.tellUnits = ProberWorkerCheck.tellUnits(simulation);
    this.gap = ProbeSimulation.nanos(in.path("syncGap"));
    for (int c = 0; c < pod.shape.count; c++) {
      shown.add("");
    }
  }

  static Verdict check(Profile profile, JsonNode vector) {
    JsonNode in = vector.path("in");
    var check = new ProberLoopCheck(profile, in);
    check.run();
    JsonNode out = vector.path("out");
    StringBuilder status = new StringBuilder();
    out.path("status")
        .forEach(s ->
            status
                .append(ProbeSimulation.nanos(s.get(0)))
                .append(' ')
                .append(s.get(1).asText())
                .append(' ')
                .append(s.get(2).asText())
                .append(' ')
                .append(s.get(3).asBoolean())
                .append(' ')
                .append(s.get(4).asBoolean())
                .append('\n'));
    StringBuilder syncs = new StringBuilder();
    out.path("syncs").forEach(t -> syncs.append(ProbeSimulation.nanos(t)).append('\n'));
    return Verdict.of(
        ProberWorkerCheck.recorded(out.path("workers")) + "syncs\n" + syncs + "status\n" + status,
        ProberWorkerCheck.answered(check.simulation, false)
            + "syncs\n"
            + check.syncs
            + "status\n"
            + check.changes);
  }

  private void run() {
    long horizon = ProbeSimulation.nanos(in.path("horizon"));
    script(0, this::ask, horizon);
    in.path("runs")
        .fields()
        .forEachRemaining(e ->
            e.getValue()
                .forEach(life -> {
                  script(ProbeSimulation.nanos(life.path("start")), this::ask, horizon);
                  if (life.has("exit")) {
                    script(ProbeSimulation.nanos(life.path("exit")), this::ask, horizon);
                  }
                }));
    in.path("resync").forEach(t -> script(ProbeSimulation.nanos(t), this::ask, horizon));
    if (in.has("terminate")) {
      script(ProbeSimulation.nanos(in.path("terminate")), this::terminate, horizon);
      script(
          ProbeSimulation.nanos(in.path("remove")),
          () -> simulation.stepAll(ContainerEvent.REMOVE_PROBES),
          horizon);
    }
    while (simulation.nextTime() <= horizon) {
      long now = simulation.nextTime();
      evaluations(now);
      settle();
      if (simulation.nextTime() == now) {
        simulation.runNext();
      }
      evaluations(now);
      settle();
    }
  }

  private void script(long time, Runnable what, long horizon) {
    if (time < horizon) {
      simulation.at(time, ProbeSimulation.SCRIPTED, what);
    }
  }

  /** All evaluations of an instant end before its updates are handled. */
  private void evaluations(long now) {
    while (simulation.nextTime() == now && simulation.nextRank() < ProbeSimulation.SCRIPTED) {
      simulation.runNext();
    }
  }

  @Override
  public void result(int c, ProbeType type, int recordId, ProbeResult result) {
    ContainerRecord record = pod.slots[c].record(recordId);
    if (record != null) {
      record.result(type, result);
    }
    if (result != ProbeResult.NONE) {
      updates.get(type.ordinal()).add(new Update(c, recordId, result));
    }
  }

  /** Startup updates go first, then readiness, then liveness (the order of {@link ProbeType}). */
  private void settle() {
    while (true) {
      Update startup = updates.get(ProbeType.STARTUP.ordinal()).poll();
      if (startup != null) {
        boolean success = startup.result() == ProbeResult.SUCCESS;
        statuses.setStartup(
            pod, startup.container(), startup.recordId(), success, simulation.now, tellUnits);
        look();
        ask();
        continue;
      }
      Update readiness = updates.get(ProbeType.READINESS.ordinal()).poll();
      if (readiness != null) {
        boolean success = readiness.result() == ProbeResult.SUCCESS;
        statuses.setReadiness(
            pod, readiness.container(), readiness.recordId(), success, simulation.now, tellUnits);
        look();
        ask();
        continue;
      }
      Update liveness = updates.get(ProbeType.LIVENESS.ordinal()).poll();
      if (liveness == null) {
        return;
      }
      if (liveness.result() == ProbeResult.FAILURE) {
        ask();
      }
    }
  }

  private void ask() {
    if (terminating || syncPending) {
      return;
    }
    if (simulation.now < lastSync + gap) {
      syncPending = true;
      simulation.at(
          lastSync + gap,
          LATE_SYNC,
          () -> {
            syncPending = false;
            if (!terminating) {
              lastSync = simulation.now;
              sync();
            }
          });
      return;
    }
    lastSync = simulation.now;
    sync();
  }

  private void terminate() {
    terminating = true;
    sync();
  }

  private void sync() {
    syncs.append(simulation.now).append('\n');
    List<Integer> triggers = new ArrayList<>();
    List<StatusCell> cells = new ArrayList<>();
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      StatusCell cell = cell(c);
      cells.add(cell);
      if (ProbeFlags.compute(profile, settings, pod, c, cell, new StatusCauses())) {
        triggers.add(c);
      }
    }
    boolean commitFirst = in.path("order").asText().equals("commitFirst");
    if (!commitFirst) {
      triggers.forEach(c -> simulation.step(c, ContainerEvent.TRIGGER_READINESS));
    }
    for (int c = 0; c < cells.size(); c++) {
      pod.slots[c].status().set(cells.get(c));
    }
    pod.cached = true;
    look();
    statuses.tellWorkers(pod, tellUnits);
    if (terminating) {
      simulation.stopLivenessAndStartup();
    } else {
      simulation.ensureProbes(false);
    }
    if (commitFirst) {
      triggers.forEach(c -> simulation.step(c, ContainerEvent.TRIGGER_READINESS));
    }
  }

  /** What the runtime says of a container now; {@code started} is carried over by name. */
  private StatusCell cell(int c) {
    ContainerSlot slot = pod.slots[c];
    for (ProbeType type : ProbeType.values()) {
      slot.worker(type, simulation.unit(c).worker(type) != null);
    }
    StatusCell cell = new StatusCell();
    cell.present = true;
    cell.state = new ContainerState.Waiting("ContainerCreating", "");
    JsonNode lives = in.path("runs").path(pod.shape.container(c).name());
    for (int k = 0; k < lives.size(); k++) {
      JsonNode life = lives.get(k);
      long start = ProbeSimulation.nanos(life.path("start"));
      if (start > simulation.now) {
        break;
      }
      cell.recordId = record(c, k + 1);
      if (life.has("exit") && ProbeSimulation.nanos(life.path("exit")) <= simulation.now) {
        cell.state =
            new ContainerState.Terminated(
                life.path("code").asInt(0), "", "", Times.NONE, Times.NONE, "");
        cell.started = StatusCell.STARTED_ABSENT;
      } else {
        cell.state = new ContainerState.Running(Times.truncateToSecond(start));
        cell.started = slot.status().started;
      }
    }
    return cell;
  }

  private int record(int c, int life) {
    ContainerSlot slot = pod.slots[c];
    int number = simulation.state.number(pod.shape.container(c).name() + "-" + life);
    if (slot.record(number) == null) {
      var record = new ContainerRecord(number, sandbox, "", 0);
      record.older = slot.newest;
      slot.newest = record;
    }
    return number;
  }

  private void look() {
    for (int c = 0; c < pod.shape.ephemeralStart; c++) {
      StatusCell cell = pod.slots[c].status();
      String line =
          pod.shape.container(c).name()
              + " "
              + (cell.recordId == 0 ? "" : simulation.state.recordId(cell.recordId))
              + " "
              + (cell.started == 1)
              + " "
              + cell.ready;
      if (cell.present && !line.equals(shown.get(c))) {
        shown.set(c, line);
        changes.append(simulation.now).append(' ').append(line).append('\n');
      }
    }
  }
}
