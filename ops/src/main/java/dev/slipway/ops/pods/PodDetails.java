package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.actors.PodInspection;
import dev.slipway.engine.event.ContainerSink;
import dev.slipway.engine.event.PodSink;
import dev.slipway.ingest.manifest.ApiTimes;
import dev.slipway.ingest.manifest.PodWriter;
import java.util.List;
import java.util.Locale;

/** One pod's details as JSON: the object, what its actors are at, its events, what comes next. */
final class PodDetails {
  private PodDetails() {}

  static ObjectNode write(PodDoor.Details details) {
    PodInspection pod = details.pod();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("pod", PodWriter.write(pod.pod()));
    ObjectNode engine = root.putObject("engine");
    engine.put("time", pod.now());
    engine.put("worker", word(pod.worker()));
    engine.put("step", word(pod.step()));
    engine.put("rebuilds", pod.rebuilds());
    engine.put("next", NextStep.of(pod));
    ArrayNode deadlines = engine.putArray("deadlines");
    for (PodInspection.Armed armed : pod.armed()) {
      deadline(deadlines, "", podDeadline(armed.id()), armed.at());
    }
    ArrayNode containers = engine.putArray("containers");
    for (PodInspection.OfContainer container : pod.containers()) {
      container(containers.addObject(), container);
      for (PodInspection.Armed armed : container.armed()) {
        deadline(deadlines, container.name(), containerDeadline(armed.id()), armed.at());
      }
    }
    events(root.putArray("events"), details.events());
    return root;
  }

  private static void container(ObjectNode node, PodInspection.OfContainer container) {
    node.put("name", container.name());
    node.put("operation", word(container.operation()));
    node.put("alive", container.alive());
    if (container.backOffNanos() > 0) {
      node.put("backOffNanos", container.backOffNanos());
    }
    ArrayNode probes = node.putArray("probes");
    for (PodInspection.OfProbe probe : container.probes()) {
      ObjectNode one = probes.addObject();
      one.put("type", probe.type().text());
      one.put("state", word(probe.state()));
      one.put("last", word(probe.last()));
      one.put("run", probe.run());
    }
  }

  private static void deadline(ArrayNode deadlines, String container, String what, long at) {
    ObjectNode node = deadlines.addObject();
    node.put("container", container);
    node.put("what", what);
    node.put("at", at);
  }

  private static void events(ArrayNode node, List<RecentEvents.Recorded> events) {
    for (RecentEvents.Recorded event : events) {
      ObjectNode one = node.addObject();
      one.put("container", event.container());
      one.put("type", event.type());
      one.put("reason", event.reason());
      one.put("message", event.message());
      one.put("at", event.at());
      one.put("time", ApiTimes.format(event.at()));
    }
  }

  /** What a deadline of the pod is for. */
  static String podDeadline(int id) {
    return switch (id) {
      case PodSink.REQUEUE -> "next regular pass";
      case PodSink.ACTIVE_DEADLINE -> "activeDeadlineSeconds is over";
      case PodSink.RELIST -> "the runtime is listed again";
      case PodSink.KILL_LIMIT -> "the termination has waited long enough";
      default -> "deadline " + id;
    };
  }

  /** What a deadline of a container is for. */
  static String containerDeadline(int id) {
    return switch (id) {
      case 0 -> "startup probe";
      case 1 -> "readiness probe";
      case 2 -> "liveness probe";
      case ContainerSink.PRE_STOP_LIMIT -> "preStop has used up the grace period";
      case ContainerSink.TURN_LIMIT -> "waiting for its turn has used up the grace period";
      default -> "deadline " + id;
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
