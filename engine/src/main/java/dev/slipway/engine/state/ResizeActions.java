package dev.slipway.engine.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a pass's decision that changes resources of containers that go on running (rules
 * L-171 to L-173).
 */
public final class ResizeActions {
  /** One container whose values are to be set. */
  public record Update(int container, int recordId, Amounts desired, Amounts current) {}

  /** In the order of execution: values that fall first. */
  public final List<Update> memory = new ArrayList<>();

  public final List<Update> cpu = new ArrayList<>();

  /** The sum over the pod's containers changes. */
  public boolean podResources;

  /** The pod-level resources of the spec change. */
  public boolean podLevelResources;

  /** Adds an update in its place: values that fall go to the front, values that grow to the end. */
  public static void add(List<Update> list, Update update, boolean grows) {
    if (grows) {
      list.add(update);
    } else {
      list.addFirst(update);
    }
  }

  /** True if no container changes in place. */
  public boolean isEmpty() {
    return memory.isEmpty() && cpu.isEmpty();
  }

  void clear() {
    memory.clear();
    cpu.clear();
    podResources = false;
    podLevelResources = false;
  }
}
