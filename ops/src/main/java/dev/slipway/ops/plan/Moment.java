package dev.slipway.ops.plan;

import java.util.List;

/** One thing that happened, in the order of a timeline. Times are nanoseconds after the start. */
sealed interface Moment {
  long at();

  /** Name of the container, empty for the pod. */
  String container();

  /** A user or the plan did something. */
  record Action(long at, String container, String what, String detail, List<Reason> why)
      implements Moment {
    public Action {
      why = List.copyOf(why);
    }
  }

  /** An order to the runtime or what came of it: an effect. */
  record Runtime(long at, String container, String what, String detail, List<Reason> why)
      implements Moment {
    public Runtime {
      why = List.copyOf(why);
    }
  }

  /** The engine decided something that nothing else shows. */
  record Decision(long at, String container, String what, String detail, List<Reason> why)
      implements Moment {
    public Decision {
      why = List.copyOf(why);
    }
  }

  /** A Kubernetes event. */
  record Event(
      long at, String container, String type, String reason, String message, List<Reason> why)
      implements Moment {
    public Event {
      why = List.copyOf(why);
    }

    boolean warning() {
      return type.equals("Warning");
    }
  }

  /** The status in the API changed. */
  record Status(long at, List<StatusChange> changes) implements Moment {
    public Status {
      changes = List.copyOf(changes);
    }

    @Override
    public String container() {
      return "";
    }
  }
}
