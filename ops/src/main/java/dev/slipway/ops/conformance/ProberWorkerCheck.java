package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.probe.ProbeSettings;
import dev.slipway.engine.profile.Gate;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.ProbeWorker;
import dev.slipway.engine.status.StatusManager;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.TreeMap;

/** Probe workers under scripted statuses (prober/worker). */
final class ProberWorkerCheck {
  private final JsonNode in;
  private final StatusManager statuses;
  private final ProbeSimulation simulation;
  private final PodSink tellUnits;
  private boolean told;

  private ProberWorkerCheck(Profile profile, JsonNode in) {
    this.in = in;
    JsonNode gates = in.path("gates");
    this.statuses = new StatusManager(withGates(profile, gates));
    this.simulation =
        new ProbeSimulation(
            new VectorState(in.path("pod")),
            settings(in, false),
            in.path("outcomes"),
            ProbeSimulation.Listener.NONE);
    this.tellUnits = tellUnits(simulation);
  }

  static Profile withGates(Profile profile, JsonNode gates) {
    Profile gated = profile;
    for (Gate gate : Gate.values()) {
      if (gates.has(gate.text())) {
        gated = gated.with(gate, gates.path(gate.text()).asBoolean());
      }
    }
    return gated;
  }

  static ProbeSettings settings(JsonNode in, boolean wholeSeconds) {
    Iterator<JsonNode> draws = in.path("rand").elements();
    long agentStart = ProbeSimulation.nanos(in.path("agentStart"));
    ProbeRules.Jitter jitter = ProbeSettings.jitter(agentStart, () -> draws.next().asDouble());
    boolean always = in.path("gates").path("ChangeContainerStatusOnKubeletRestart").asBoolean();
    return new ProbeSettings(jitter, agentStart, always, wholeSeconds);
  }

  /** Passes on what the cached status tells the workers. */
  static PodSink tellUnits(ProbeSimulation simulation) {
    return (PodSink)
        Proxy.newProxyInstance(
            PodSink.class.getClassLoader(),
            new Class<?>[] {PodSink.class},
            (_, method, args) -> {
              if (method.getName().equals("observe")) {
                simulation.step(
                    (int) args[0],
                    new ContainerEvent.Observed((int) args[1], (long) args[2], (byte) args[3]));
              }
              return null;
            });
  }

  static Verdict check(Profile profile, JsonNode vector) {
    JsonNode in = vector.path("in");
    var check = new ProberWorkerCheck(profile, in);
    for (JsonNode op : in.path("ops")) {
      check.simulation.at(
          ProbeSimulation.nanos(op.path("t")), ProbeSimulation.SCRIPTED, () -> check.act(op));
    }
    check.simulation.runUntil(ProbeSimulation.nanos(in.path("horizon")));
    return Verdict.of(
        recorded(vector.path("out").path("workers")), answered(check.simulation, true));
  }

  private void act(JsonNode op) {
    VectorState state = simulation.state;
    switch (op.path("op").asText()) {
      case "status" -> {
        VectorStatuses.load(state, op.path("status"));
        for (var slot : state.pod.slots) {
          slot.toldRecord = told ? slot.toldRecord : -1;
          slot.told = -1;
        }
        told = true;
        statuses.tellWorkers(state.pod, tellUnits);
      }
      case "noStatus" -> simulation.stepAll(new ContainerEvent.Observed(0, Times.NONE, (byte) 0));
      case "addPod" -> simulation.ensureProbes(state.pod.meta.deleting());
      case "trigger" ->
          simulation.step(
              state.pod.shape.ordinal(op.path("container").asText()),
              ContainerEvent.TRIGGER_READINESS);
      case "stopLivenessAndStartup" -> simulation.stopLivenessAndStartup();
      case "removePod", "cleanup" -> simulation.stepAll(ContainerEvent.REMOVE_PROBES);
      default -> throw new IllegalArgumentException("unknown op: " + op);
    }
  }

  /** The recorded events, worker by worker, times in nanoseconds. */
  static String recorded(JsonNode workers) {
    var text = new TreeMap<String, String>();
    for (JsonNode worker : workers) {
      StringBuilder lines = new StringBuilder();
      for (JsonNode event : worker.path("events")) {
        lines.append(event(event)).append('\n');
      }
      if (worker.has("final")) {
        JsonNode end = worker.path("final");
        lines
            .append("final ")
            .append(end.path("id").asText())
            .append(' ')
            .append(end.path("last").asText())
            .append(' ')
            .append(end.path("run").asInt())
            .append(' ')
            .append(end.path("onHold").asBoolean())
            .append(' ')
            .append(end.path("cache").asText())
            .append('\n');
      }
      if (worker.has("probing")) {
        lines.append("probing ").append(ProbeSimulation.nanos(worker.path("probing"))).append('\n');
      }
      text.put(worker.path("worker").asText(), lines.toString());
    }
    return join(text);
  }

  private static String event(JsonNode event) {
    StringBuilder text = new StringBuilder(event.get(0).asText());
    int times = text.toString().equals("probe") ? 2 : 1;
    for (int k = 1; k < event.size(); k++) {
      text.append(' ');
      if (k <= times) {
        text.append(ProbeSimulation.nanos(event.get(k)));
      } else {
        text.append(event.get(k).asText());
      }
    }
    return text.toString();
  }

  /** This build's events in the same form. */
  static String answered(ProbeSimulation simulation, boolean inner) {
    var text = new TreeMap<String, String>();
    simulation
        .lives()
        .forEach((name, life) -> {
          StringBuilder lines = new StringBuilder();
          life.events.forEach(event -> lines.append(event).append('\n'));
          if (inner) {
            appendInner(simulation, name, life, lines);
          }
          text.put(name, lines.toString());
        });
    return join(text);
  }

  private static void appendInner(
      ProbeSimulation simulation, String name, ProbeSimulation.Life life, StringBuilder lines) {
    int slash = name.indexOf('/');
    ContainerUnit unit =
        simulation.unit(simulation.state.pod.shape.ordinal(name.substring(0, slash)));
    for (ProbeType type : ProbeType.values()) {
      ProbeWorker worker = unit.worker(type);
      if (!name.substring(slash + 1).equals(type.text()) || worker == null) {
        continue;
      }
      if (worker.probing) {
        lines.append("probing ").append(life.probeStart).append('\n');
      } else {
        lines
            .append("final ")
            .append(simulation.state.recordId(worker.containerId))
            .append(' ')
            .append(ProbeSimulation.text(worker.lastResult()))
            .append(' ')
            .append(worker.resultRun)
            .append(' ')
            .append(worker.onHold)
            .append(' ')
            .append(ProbeSimulation.text(worker.cached()))
            .append('\n');
      }
    }
  }

  private static String join(TreeMap<String, String> workers) {
    StringBuilder text = new StringBuilder();
    workers.forEach((name, lines) -> text.append(name).append('\n').append(lines));
    return text.toString();
  }
}
