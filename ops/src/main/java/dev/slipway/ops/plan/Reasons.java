package dev.slipway.ops.plan;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.state.OwnedCondition;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.why.Cause;
import dev.slipway.engine.why.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what the engine says about its reasons until the thing itself comes by: the event, the call
 * of the runtime, the change of the status.
 */
final class Reasons {
  private record Key(Subject subject, int container) {}

  private static final Map<String, Subject> FIELDS = fields();

  private final Facts facts;
  private final Map<Key, List<Reason>> kept = new HashMap<>();
  private List<Reason> phase = List.of();

  Reasons(PodShape shape) {
    this.facts = new Facts(shape);
  }

  private static Map<String, Subject> fields() {
    Map<String, Subject> fields =
        new HashMap<>(
            Map.of(
                "phase", Subject.PHASE,
                "state", Subject.STATE,
                "started", Subject.STARTED,
                "ready", Subject.READY,
                "restartCount", Subject.RESTART_COUNT));
    for (int k = 0; k < OwnedCondition.count(); k++) {
      fields.put(OwnedCondition.at(k).type(), OwnedCondition.at(k).subject());
    }
    return Map.copyOf(fields);
  }

  /** Takes a cause; what is a row of its own in the timeline is given back. */
  Optional<Moment.Decision> take(
      String name, Subject subject, int container, Cause cause, int about, long number, long now) {
    Reason reason = facts.reason(container, cause, about, number);
    return switch (subject) {
      case START -> row(now, name, "start", "", reason);
      case TURN -> row(now, name, "waits", "", reason);
      case REMOVE -> row(now, name, "remove", "", reason);
      case TERMINATION -> {
        facts.end(reason);
        yield row(now, name, "terminate", "", reason);
      }
      case STARTUP_RESULT -> result(name, container, ProbeType.STARTUP, cause, number, now, reason);
      case READINESS_RESULT ->
          result(name, container, ProbeType.READINESS, cause, number, now, reason);
      case LIVENESS_RESULT ->
          result(name, container, ProbeType.LIVENESS, cause, number, now, reason);
      default -> {
        keep(subject, container, reason);
        yield Optional.empty();
      }
    };
  }

  private static Optional<Moment.Decision> row(
      long now, String name, String what, String detail, Reason reason) {
    return Optional.of(new Moment.Decision(now, name, what, detail, List.of(reason)));
  }

  /** Of the results of probes only those that answers brought about are told. */
  private Optional<Moment.Decision> result(
      String name, int container, ProbeType type, Cause cause, long run, long now, Reason reason) {
    facts.probe(container, type, cause, run, now);
    return switch (cause) {
      case PROBE_FAILED -> row(now, name, "result", Facts.word(type) + " Failure", reason);
      case PROBE_SUCCEEDED -> row(now, name, "result", Facts.word(type) + " Success", reason);
      default -> Optional.empty();
    };
  }

  private void keep(Subject subject, int container, Reason reason) {
    Key key = new Key(slot(subject), container);
    if (isField(subject)) {
      kept.put(key, List.of(reason));
    } else {
      kept.computeIfAbsent(key, _ -> new ArrayList<>()).add(reason);
    }
  }

  /** Stop and grace are shown with the event that announces the stop. */
  private static Subject slot(Subject subject) {
    return subject == Subject.STOP || subject == Subject.GRACE ? Subject.EVENT : subject;
  }

  private static boolean isField(Subject subject) {
    return subject.ordinal() >= Subject.PHASE.ordinal();
  }

  /** The reasons of what has come by now; they are not kept any longer. */
  List<Reason> of(Subject subject, int container) {
    List<Reason> reasons = kept.remove(new Key(subject, container));
    return reasons == null ? List.of() : List.copyOf(reasons);
  }

  /** The change of the status with its reason. */
  StatusChange explained(StatusChange change, int container) {
    if (change.field().equals("reason")) {
      return change.because(phase);
    }
    Subject subject = FIELDS.get(change.field());
    if (subject == null) {
      return change;
    }
    List<Reason> why = of(subject, container);
    if (subject == Subject.PHASE) {
      phase = why;
    }
    return change.because(why);
  }
}
