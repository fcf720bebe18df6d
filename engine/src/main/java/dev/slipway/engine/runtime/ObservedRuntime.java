package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.ResizeActions;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * A pod's runtime that only watches a real one: orders go nowhere, what the node was seen to do
 * answers them. A fact that comes before its order waits for it, an order before its fact waits
 * too. What no feed tells (images, hooks, the end of a sandbox) is taken to go well at once.
 *
 * <p>Facts are handed in on the shard's thread, as anything done to a runtime from outside.
 */
public final class ObservedRuntime implements PodRuntime {
  /** What is known of one container. */
  private static final class Box {
    /** The instance the pod has ordered; 0 before the first. */
    int recordId;

    /** The order to create, or to start, has not been answered. */
    boolean createOpen;

    boolean startOpen;

    /** The pod's instance is up. */
    boolean alive;

    /** Starts seen that no order has asked for yet. */
    int startsSeen;

    /** The exit seen of an instance whose start is not ordered yet. */
    ContainerEvent.@Nullable Exited exitSeen;

    /** The last answer seen, by {@link ProbeType#ordinal()}; null before the first. */
    final @Nullable Outcome[] probes = new Outcome[ProbeType.values().length];
  }

  private Box[] boxes;
  private String ip = "";
  private int sandboxOpen = -1;

  public ObservedRuntime(int containers) {
    this.boxes = new Box[containers];
    Arrays.setAll(boxes, _ -> new Box());
  }

  private Box box(int container) {
    if (container >= boxes.length) {
      int had = boxes.length;
      boxes = Arrays.copyOf(boxes, container + 1);
      for (int c = had; c <= container; c++) {
        boxes[c] = new Box();
      }
    }
    return boxes[container];
  }

  // What is seen.

  /** The pod has an address: its sandbox is up. */
  public void sawSandbox(String address, Answers out) {
    ip = address;
    if (sandboxOpen >= 0) {
      out.pod(new PodEvent.SandboxReady(sandboxOpen, address));
      sandboxOpen = -1;
    }
  }

  /** An instance of a container has started. */
  public void sawStart(int container, Answers out) {
    Box box = box(container);
    box.startsSeen++;
    open(container, box, out);
  }

  /** The instance of a container that was up, or had never been seen up, has ended. */
  public void sawExit(int container, int exitCode, String reason, String message, Answers out) {
    Box box = box(container);
    if (box.alive && box.startsSeen == 0) {
      box.alive = false;
      out.container(container, new ContainerEvent.Exited(box.recordId, exitCode, reason, message));
      return;
    }
    if (box.startsSeen == 0) {
      box.startsSeen = 1;
    }
    box.exitSeen = new ContainerEvent.Exited(0, exitCode, reason, message);
    open(container, box, out);
  }

  /** A probe's result was seen; it answers until another one is. */
  public void sawProbe(int container, ProbeType type, boolean success) {
    box(container).probes[type.ordinal()] = success ? Outcome.SUCCESS : Outcome.FAILURE;
  }

  /** Answers an open order to create or start, if the start was seen. */
  private void open(int container, Box box, Answers out) {
    if (box.startsSeen == 0) {
      return;
    }
    if (box.createOpen) {
      box.createOpen = false;
      out.container(container, ContainerEvent.CREATED);
    } else if (box.startOpen) {
      box.startOpen = false;
      box.startsSeen--;
      box.alive = true;
      out.container(container, ContainerEvent.STARTED);
      ContainerEvent.Exited exit = box.exitSeen;
      if (exit != null) {
        box.exitSeen = null;
        box.alive = false;
        out.container(
            container,
            new ContainerEvent.Exited(
                box.recordId, exit.exitCode(), exit.reason(), exit.message()));
      }
    }
  }

  // What is ordered.

  @Override
  public void createSandbox(int attempt, long now, Answers out) {
    if (ip.isEmpty()) {
      sandboxOpen = attempt;
    } else {
      out.pod(new PodEvent.SandboxReady(attempt, ip));
    }
  }

  @Override
  public void stopSandbox(int attempt, long now, Answers out) {
    ip = "";
    out.pod(new PodEvent.SandboxStopped(attempt));
  }

  @Override
  public void inspectImage(int container, String image, long now, Answers out) {
    out.pod(new PodEvent.ImageInspected(container, true));
  }

  @Override
  public void pullImage(int container, String image, long now, Answers out) {
    out.pod(new PodEvent.ImagePulled(container));
  }

  @Override
  public void createContainer(int container, int recordId, int attempt, long now, Answers out) {
    Box box = box(container);
    box.recordId = recordId;
    box.createOpen = true;
    open(container, box, out);
  }

  @Override
  public void startProcess(int container, long now, Answers out) {
    Box box = box(container);
    box.startOpen = true;
    open(container, box, out);
  }

  @Override
  public void runHook(int container, ContainerEvent.Hook hook, long now, Answers out) {
    out.container(container, new ContainerEvent.HookDone(hook, true, ""));
  }

  /** Whoever is up is seen to end. */
  @Override
  public void stopProcess(int container, long graceSeconds, long now, Answers out) {
    if (!box(container).alive) {
      out.container(container, ContainerEvent.STOP_RETURNED);
    }
  }

  /** Where nothing was seen the answer counts for nothing. */
  @Override
  public void execProbe(int container, int recordId, ProbeType type, long now, Answers out) {
    Outcome seen = box(container).probes[type.ordinal()];
    out.container(
        container,
        seen == null
            ? new ContainerEvent.ProbeDone(type, Outcome.ERROR, "no result was seen yet")
            : new ContainerEvent.ProbeDone(type, seen, ""));
  }

  @Override
  public void removeRecord(int container, int recordId, long now) {}

  @Override
  public void measureMemory(long now, Answers out) {
    out.pod(new PodEvent.MemoryMeasured(Collections.nCopies(boxes.length, -1L), -1));
  }

  @Override
  public void updateResources(
      int container,
      int recordId,
      ResizeActions.Kind kind,
      Amounts amounts,
      long now,
      Answers out) {
    out.pod(new PodEvent.ResourcesUpdated(container, ""));
  }

  @Override
  public void woken(RuntimeWake wake, long now, Answers out) {
    throw new IllegalStateException("an observed runtime asks for no wake-ups");
  }
}
