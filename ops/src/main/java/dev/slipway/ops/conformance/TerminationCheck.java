package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Hook;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.event.QuietContainerSink;
import dev.slipway.engine.lifecycle.ContainerLifecycle;
import dev.slipway.engine.lifecycle.TerminationOrder;
import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerUnit;
import dev.slipway.engine.state.PodActions;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.Sandbox;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Stops all containers of a pod in virtual time (kuberuntime/termination): the engine's order and
 * container lifecycle against a runtime that does what the case says.
 */
final class TerminationCheck {
  private TerminationCheck() {}

  static Verdict check(JsonNode vector, DataFolders data) {
    return JsonFacts.compare(vector.path("out"), new Run(vector.path("in")).answer());
  }

  private record Due(long at, long sequence, Runnable what) {}

  private record Fact(long t, int rank, int container, ObjectNode json) {}

  private static final class Run {
    private final JsonNode in;
    private final List<JsonNode> scripts = new ArrayList<>();
    private final PodState pod;
    private final List<ContainerUnit> units = new ArrayList<>();
    private final PodActions actions = new PodActions();
    private final ContainerLifecycle lifecycle =
        new ContainerLifecycle(new ProbeRules(ProbeRules.Jitter.NONE));
    private final PriorityQueue<Due> queue =
        new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::sequence));
    private final List<Fact> facts = new ArrayList<>();
    private final List<@Nullable String> errors = new ArrayList<>();
    private final PodSink podSink;
    private long sequence;
    private long now;
    private long over;

    Run(JsonNode in) {
      this.in = in;
      this.pod = pod(in);
      this.podSink =
          (PodSink)
              Proxy.newProxyInstance(
                  PodSink.class.getClassLoader(),
                  new Class<?>[] {PodSink.class},
                  (_, method, args) -> {
                    order(method.getName(), args);
                    return null;
                  });
    }

    private PodState pod(JsonNode in) {
      boolean noSpec = in.path("noSpec").asBoolean();
      List<ContainerSpec> init = new ArrayList<>();
      List<ContainerSpec> app = new ArrayList<>();
      List<ContainerSpec> ephemeral = new ArrayList<>();
      for (JsonNode c : in.path("containers")) {
        scripts.add(c);
        switch (noSpec ? "app" : c.path("role").asText()) {
          case "app" -> app.add(container(c, noSpec));
          case "ephemeral" -> ephemeral.add(container(c, noSpec));
          default -> init.add(container(c, noSpec));
        }
      }
      Long grace = noSpec ? null : seconds("terminationGracePeriodSeconds");
      var spec = VectorPods.podOf(init, app).withContainers(init, app, ephemeral);
      var meta = ObjectMeta.of("ns", "p", "u1");
      Long deletion = seconds("deletionGracePeriodSeconds");
      if (deletion != null && !noSpec) {
        meta = meta.withDeletion(0, deletion, 1);
      }
      var state = new PodState(meta, PodShape.of(VectorPods.withGrace(spec, grace)), false);
      var sandbox = new Sandbox(0, true, "10.0.0.7", false);
      for (int c = 0; c < state.shape.count; c++) {
        units.add(new ContainerUnit(state.shape.container(c)));
        errors.add(null);
        if (scripts.get(c).path("running").asBoolean()) {
          var record = new ContainerRecord(c + 1, sandbox, "img", 0);
          record.started(0);
          state.slots[c].newest = record;
        }
      }
      return state;
    }

    private @Nullable Long seconds(String field) {
      return in.has(field) ? Long.valueOf(in.path(field).asLong()) : null;
    }

    private static ContainerSpec container(JsonNode c, boolean noSpec) {
      boolean sidecar = !noSpec && c.path("role").asText().equals("sidecar");
      ContainerSpec plain =
          VectorPods.plainContainer(c.path("name").asText(), "img", ResourceRequirements.NONE);
      return VectorPods.with(
          plain, sidecar ? RestartPolicy.ALWAYS : null, noSpec ? null : hook(c.path("preStop")));
    }

    private static @Nullable Handler hook(JsonNode hook) {
      return switch (hook.path("kind").asText("")) {
        case "exec" -> new Handler.Exec(List.of());
        case "sleep" -> new Handler.Sleep(hook.path("ms").asLong() / 1000);
        case "tcp" -> new Handler.TcpSocket("", Handler.Port.of(80));
        default -> null;
      };
    }

    ObjectNode answer() {
      Long override = seconds("graceOverride");
      TerminationOrder.begin(pod, actions, true, override == null ? -1 : override, podSink);
      ObjectNode answer = JsonFacts.object();
      ArrayNode results = answer.putArray("results");
      List<Integer> stopping = new ArrayList<>();
      for (int k = 0; k < actions.stopCount; k++) {
        stopping.add(actions.stops[k]);
      }
      while (!queue.isEmpty()) {
        Due due = queue.remove();
        now = due.at();
        due.what().run();
      }
      for (int c : stopping) {
        ObjectNode result = results.addObject().put("c", name(c));
        String error = errors.get(c);
        if (error != null) {
          result.put("error", "KillContainerError").put("message", error);
        }
      }
      facts.sort(
          Comparator.comparingLong(Fact::t)
              .thenComparingInt(Fact::rank)
              .thenComparingInt(Fact::container));
      ArrayNode events = answer.putArray("events");
      facts.forEach(f -> events.add(f.json()));
      return answer.put("totalMs", over / Times.MILLI);
    }

    private String name(int c) {
      return scripts.get(c).path("name").asText();
    }

    private void at(long time, Runnable what) {
      queue.add(new Due(time, sequence++, what));
    }

    private ObjectNode fact(int rank, int c, String op) {
      ObjectNode json =
          JsonFacts.object().put("c", name(c)).put("op", op).put("t", now / Times.MILLI);
      facts.add(new Fact(now, rank, c, json));
      return json;
    }

    // The pod's orders.

    private void order(String what, Object[] args) {
      if (what.equals("stopContainer")) {
        int c = (int) args[0];
        toUnit(
            c,
            new ContainerEvent.Stop(
                (int) args[1], (long) args[2], (boolean) args[3], (boolean) args[4]));
      } else if (what.equals("turn")) {
        toUnit((int) args[0], ContainerEvent.TURN);
      }
    }

    private void toUnit(int c, ContainerEvent event) {
      at(now, () -> step(c, event));
    }

    private void step(int c, ContainerEvent event) {
      lifecycle.step(units.get(c), event, now, new Unit(c));
    }

    // The runtime.

    private void runHook(int c) {
      fact(0, c, "preStop");
      JsonNode hook = scripts.get(c).path("preStop");
      long ms = hook.path("ms").asLong();
      long exit = scripts.get(c).path("exitAtMs").asLong(0);
      long took =
          switch (hook.path("kind").asText()) {
            case "exec" -> exit > 0 && exit < ms ? exit : ms;
            case "sleep" -> ms / 1000 * 1000;
            default -> 0;
          };
      boolean success = !hook.path("fail").asBoolean() && !hook.path("kind").asText().equals("tcp");
      at(
          now + took * Times.MILLI,
          () -> step(c, new ContainerEvent.HookDone(Hook.PRE_STOP, success, "")));
    }

    private void stopProcess(int c, long seconds) {
      fact(1, c, "stop").put("timeout", seconds);
      JsonNode script = scripts.get(c);
      switch (script.path("stopError").asText("")) {
        case "error" -> toUnit(c, new ContainerEvent.StopFailed("runtime refused"));
        case "notfound" -> toUnit(c, ContainerEvent.STOP_RETURNED);
        default -> signal(c, seconds, script);
      }
    }

    private void signal(int c, long seconds, JsonNode script) {
      long end = now + seconds * Times.SECOND;
      boolean killed = true;
      long stop = script.path("stopMs").asLong();
      if (stop >= 0 && now + stop * Times.MILLI < end) {
        end = now + stop * Times.MILLI;
        killed = false;
      }
      long exit = script.path("exitAtMs").asLong(0) * Times.MILLI;
      if (exit > 0 && exit <= end) {
        end = Math.max(exit, now);
        killed = false;
      }
      boolean byTimeout = killed;
      at(end, () -> exited(c, byTimeout));
    }

    private void exited(int c, boolean killed) {
      ObjectNode fact = fact(2, c, "stopped");
      if (killed) {
        fact.put("killed", true);
      }
      step(c, new ContainerEvent.Exited(c + 1, killed ? 137 : 143, "Error", ""));
    }

    /** What one container wants done. */
    private final class Unit extends QuietContainerSink {
      private final int c;

      Unit(int c) {
        this.c = c;
      }

      @Override
      public void runHook(Hook hook) {
        Run.this.runHook(c);
      }

      @Override
      public void stopProcess(long graceSeconds) {
        Run.this.stopProcess(c, graceSeconds);
      }

      @Override
      public void stopDone(int recordId) {
        over = Math.max(over, now);
        TerminationOrder.done(pod, actions, c, podSink);
      }

      @Override
      public void stopFailed(int recordId, String message) {
        over = Math.max(over, now);
        errors.set(c, message);
        TerminationOrder.failed(actions);
      }

      @Override
      public void armDeadline(int id, int generation, long time) {
        at(time, () -> step(c, new ContainerEvent.DeadlineReached(id, generation)));
      }
    }
  }
}
