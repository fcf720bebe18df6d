package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.profile.NodeClock;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.Listing;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.status.ContainerIds;

/**
 * What the node knows of a pod's sandboxes and containers (rules L-015 to L-020). By default it
 * knows what happens the instant it happens; with a clock that delays it knows what its last listing
 * told (rule L-025; pleg/generic.go, container/cache.go GetNewerThan, 1.37.2).
 *
 * <p>What happens during a pass or a termination is noted at once all the same: nothing reads it
 * before the listing that the next step waits for.
 */
final class RuntimeView {
  private final NodeClock clock;

  RuntimeView(NodeClock clock) {
    this.clock = clock;
  }

  // What happened in the runtime.

  /** A change of the runtime: seen now, or with the next listing. */
  void happened(PodState pod, PodEvent event, long now, PodSink out) {
    Listing listing = pod.listing;
    if (listing == null) {
      see(pod, event, now);
      return;
    }
    arm(listing, now, out);
    if (pod.actions == null) {
      listing.unseen.add(event);
    } else {
      see(pod, event, now);
    }
  }

  private void see(PodState pod, PodEvent event, long now) {
    switch (event) {
      case PodEvent.SandboxReady e -> {
        Sandbox made =
            new Sandbox(e.attempt(), true, e.ip(), pod.shape.spec.hostNetwork());
        made.older = pod.sandbox;
        pod.sandbox = made;
        changed(pod, ~e.attempt(), now);
      }
      case PodEvent.SandboxLost e -> sandboxLost(pod, e.attempt(), now);
      case PodEvent.SandboxStopped e -> sandboxLost(pod, e.attempt(), now);
      case PodEvent.ContainerStarted e -> started(pod, e, now);
      case PodEvent.ContainerExited e -> exited(pod, e, now);
      default -> throw new IllegalArgumentException("not a change of the runtime: " + event);
    }
  }

  private void changed(PodState pod, int key, long now) {
    Listing listing = pod.listing;
    if (listing == null) {
      notice(pod, now);
    } else {
      listing.changed(key);
    }
  }

  /** The runtime reported a change; it asks for a pass the moment after (rule L-020). */
  static void notice(PodState pod, long now) {
    pod.noticed++;
    pod.noticedAt = now;
  }

  private void sandboxLost(PodState pod, int attempt, long now) {
    for (Sandbox s = pod.sandbox; s != null; s = s.older) {
      if (s.attempt == attempt && s.ready) {
        s.ready = false;
        changed(pod, ~attempt, now);
        if (pod.request != null && pod.request.evicts()) {
          dropAllExited(pod);
        }
      }
    }
  }

  private void started(PodState pod, PodEvent.ContainerStarted event, long now) {
    ContainerRecord record = pod.slots[event.container()].record(event.recordId());
    if (record != null && record.state == RecordState.CREATED) {
      record.started(event.at());
      changed(pod, record.id, now);
    }
  }

  private void exited(PodState pod, PodEvent.ContainerExited event, long now) {
    ContainerSlot slot = pod.slots[event.container()];
    ContainerRecord record = slot.record(event.recordId());
    if (record == null || record.state == RecordState.EXITED) {
      return;
    }
    record.exited(
        event.exitCode(),
        event.reason(),
        event.message(),
        event.at(),
        ContainerIds.text(pod, record.id));
    if (pod.request != null && pod.request.evicts()) {
      dropAllExited(pod);
    } else {
      pod.deadRecords = true;
      if (pod.actions != null && pod.listing == null) {
        dropDead(pod);
      }
    }
    changed(pod, record.id, now);
  }

  /**
   * Of a pod the node itself wants gone no dead record is kept (pod_workers.go
   * ShouldPodContentBeRemoved).
   */
  private static void dropAllExited(PodState pod) {
    for (ContainerSlot slot : pod.slots) {
      while (slot.newest != null && slot.newest.state == RecordState.EXITED) {
        slot.newest = slot.newest.older;
      }
    }
  }

  /** The kubelet keeps one dead record beside the newest (pod_container_deletor.go; rule L-018). */
  static void dropDead(PodState pod) {
    pod.deadRecords = false;
    for (ContainerSlot slot : pod.slots) {
      ContainerRecord newest = slot.newest;
      if (newest != null
          && newest.state == RecordState.EXITED
          && newest.older != null
          && newest.older.state == RecordState.EXITED) {
        newest.older = newest.older.older;
      }
    }
  }

  // Listings.

  /** True if what the node knows is younger than the end of the pod's former pass. */
  boolean fresh(PodState pod, long now) {
    Listing listing = pod.listing;
    if (listing == null || pod.passEnded == Times.NONE || listing.granted) {
      return true;
    }
    return Math.max(Math.max(listing.at, listing.wholeAt), clock.relistBefore(now)) > pod.passEnded;
  }

  /** Waits for the next listing. */
  void await(PodState pod, long now, PodSink out) {
    Listing listing = pod.listing;
    if (listing == null) {
      out.armDeadline(PodSink.RELIST, 0, clock.relistAfter(now));
    } else {
      arm(listing, now, out);
    }
    pod.awaitsListing = true;
  }

  private void arm(Listing listing, long now, PodSink out) {
    if (listing.armed == Times.NONE) {
      listing.armed = listing.wholeAt == now ? clock.relistAfter(now) : clock.relistFrom(now);
      out.armDeadline(PodSink.RELIST, 0, listing.armed);
    }
  }

  /** The whole runtime is listed; how many changes of the pod were found. */
  int relisted(PodState pod, Listing listing, long now) {
    listing.armed = Times.NONE;
    listing.wholeAt = now;
    if (pod.actions != null && pod.deadRecords) {
      dropDead(pod);
    }
    return list(pod, listing, now);
  }

  /** The pod alone is listed as its pass ends, unless everything just was. */
  int relistedAlone(PodState pod, Listing listing, long now) {
    return listing.wholeAt == now ? 0 : list(pod, listing, now);
  }

  private int list(PodState pod, Listing listing, long now) {
    seeAll(pod, listing, now);
    listing.at = now;
    return listing.takeChanges();
  }

  /** Everything that happened is known now. */
  void seeAll(PodState pod, Listing listing, long now) {
    for (int k = 0; k < listing.unseen.size(); k++) {
      see(pod, listing.unseen.get(k), now);
    }
    listing.unseen.clear();
  }
}
