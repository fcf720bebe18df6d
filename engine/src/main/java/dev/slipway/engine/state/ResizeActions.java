package dev.slipway.engine.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a pass's decision that changes resources of containers that go on running (rules
 * L-171 to L-173), and how far the pass has got with it.
 */
public final class ResizeActions {
  /** What one change is about. */
  public enum Kind {
    MEMORY("memory"),
    CPU("cpu");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The resource's name. */
    public String text() {
      return text;
    }
  }

  /** One container whose values are to be set. */
  public record Update(int container, int recordId, Amounts desired, Amounts current) {}

  /**
   * One call to the runtime.
   *
   * @param container -1: the pod's cgroup
   */
  public record Order(int container, int recordId, Kind kind, Amounts amounts) {}

  /** In the order of execution: values that fall first. */
  public final List<Update> memory = new ArrayList<>();

  public final List<Update> cpu = new ArrayList<>();

  /** The sum over the pod's containers changes. */
  public boolean podResources;

  /** The pod-level resources of the spec change. */
  public boolean podLevelResources;

  /** The calls, in their order. */
  public final List<Order> orders = new ArrayList<>();

  /** The call that is under way, or the next one. */
  public int at;

  /** All calls succeeded. */
  public boolean done;

  /** Adds an update in its place: values that fall go to the front, values that grow to the end. */
  public static void add(List<Update> list, Update update, boolean grows) {
    if (grows) {
      list.add(update);
    } else {
      list.addFirst(update);
    }
  }

  /** True if nothing changes in place. */
  public boolean isEmpty() {
    return memory.isEmpty() && cpu.isEmpty() && !podResources && !podLevelResources;
  }

  void clear() {
    memory.clear();
    cpu.clear();
    podResources = false;
    podLevelResources = false;
    orders.clear();
    at = 0;
    done = false;
  }
}
