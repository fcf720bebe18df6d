package dev.slipway.engine.lifecycle;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.event.PodSink;
import dev.slipway.engine.profile.NodeClock;
import dev.slipway.engine.state.ContainerRecord;
import dev.slipway.engine.state.ContainerSlot;
import dev.slipway.engine.state.Listing;
import dev.slipway.engine.state.Listing.Cause;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.RecordState;
import dev.slipway.engine.state.RecordTransition;
import dev.slipway.engine.state.RuntimeReport;
import dev.slipway.engine.state.Sandbox;
import dev.slipway.engine.status.ContainerIds;

/**
 * What the node knows of a pod's sandboxes and containers (rules L-015 to L-020), and when the
 * pod's worker may go on (pleg/generic.go, container/cache.go GetNewerThan, 1.37.2): with what a
 * listing tells that is younger than the end of its former pass.
 *
 * <ul>
 *   <li>No {@link Listing}, as by default: what happens is known the instant it happens, and the
 *       worker goes on at once.
 *   <li>A clock that delays (rule L-025): what happens between passes is known with the next
 *       listing of the whole runtime; from 1.36 the pod alone is listed as its pass ends.
 *   <li>A listing on demand: the default for a pod in the idle loop over finished containers
 *       (P-019), which would go round for ever in one instant. The whole runtime is listed as
 *       above, and the pod alone when something has happened in it, when a pass of it has done
 *       something, and for a worker that waits: at once, or a period later if that was done within
 *       the last period.
 * </ul>
 *
 * <p>What happens during a pass or a termination is noted at once in any case: nothing reads it
 * before the listing that the next step waits for.
 */
final class RuntimeView {
  /** How soon a listing on demand follows its cause, in nanoseconds. */
  private static final long SOON = 1_000;

  private final NodeClock clock;

  RuntimeView(NodeClock clock) {
    this.clock = clock;
  }

  // What happened in the runtime.

  /** A change of the runtime: seen now, or with the next listing. */
  void happened(PodState pod, RuntimeReport event, long now, PodSink out) {
    Listing listing = pod.listing;
    if (listing == null || listing.onDemand || pod.actions != null) {
      see(pod, event, now, out);
    } else {
      listing.unseen.add(event);
    }
    if (listing == null) {
      return;
    }
    if (listing.onDemand) {
      plan(listing, Cause.CHANGED, now + SOON, out);
    } else {
      planWhole(listing, now, out);
    }
  }

  private void see(PodState pod, RuntimeReport event, long now, PodSink out) {
    switch (event) {
      case PodEvent.SandboxReady e -> {
        Sandbox made = new Sandbox(e.attempt(), true, e.ip(), pod.shape.spec.hostNetwork());
        made.older = pod.sandbox;
        pod.sandbox = made;
        changed(pod, now);
      }
      case PodEvent.SandboxLost e -> sandboxLost(pod, e.attempt(), now);
      case PodEvent.SandboxStopped e -> sandboxLost(pod, e.attempt(), now);
      case PodEvent.ContainerStarted e -> started(pod, e, now, out);
      case PodEvent.ContainerExited e -> exited(pod, e, now, out);
      case PodEvent.ContainerUnknown e -> unknown(pod, e, out);
      case PodEvent.ContainerGone e -> gone(pod, e, now, out);
      default -> throw new IllegalArgumentException("not a change of the runtime: " + event);
    }
  }

  private static void changed(PodState pod, long now) {
    Listing listing = pod.listing;
    if (listing == null) {
      notice(pod, now);
    } else {
      listing.changed = true;
    }
  }

  /** The runtime reported a change; it asks for a pass the moment after (rule L-020). */
  static void notice(PodState pod, long now) {
    pod.noticed++;
    pod.noticedAt = now;
  }

  private static void sandboxLost(PodState pod, int attempt, long now) {
    for (Sandbox s = pod.sandbox; s != null; s = s.older) {
      if (s.attempt == attempt && s.ready) {
        s.ready = false;
        changed(pod, now);
        if (pod.evicted) {
          died(pod, now);
        }
      }
    }
  }

  private static void started(
      PodState pod, PodEvent.ContainerStarted event, long now, PodSink out) {
    ContainerRecord record = pod.slots[event.container()].record(event.recordId());
    if (record != null && record.state == RecordState.CREATED) {
      record.started(event.at());
      out.moved(event.container(), RecordTransition.STARTED);
      changed(pod, now);
    }
  }

  /** Rule L-020: the next pass sees it, none is asked for. */
  private static void unknown(PodState pod, PodEvent.ContainerUnknown event, PodSink out) {
    ContainerRecord record = pod.slots[event.container()].record(event.recordId());
    if (record != null
        && (record.state == RecordState.CREATED || record.state == RecordState.RUNNING)) {
      out.moved(event.container(), RecordTransition.lost(record.state));
      record.unknown();
    }
  }

  /** Rule L-020: a record that was not seen EXITED before asks for a pass. */
  private static void gone(PodState pod, PodEvent.ContainerGone event, long now, PodSink out) {
    ContainerSlot slot = pod.slots[event.container()];
    ContainerRecord record = slot.record(event.recordId());
    if (record == null) {
      return;
    }
    slot.remove(record.id);
    out.moved(event.container(), RecordTransition.gone(record.state));
    if (record.state != RecordState.EXITED) {
      changed(pod, now);
    }
  }

  private static void exited(PodState pod, PodEvent.ContainerExited event, long now, PodSink out) {
    ContainerSlot slot = pod.slots[event.container()];
    ContainerRecord record = slot.record(event.recordId());
    if (record == null || record.state == RecordState.EXITED) {
      return;
    }
    died(pod, now);
    out.moved(event.container(), RecordTransition.exited(record.state));
    record.exited(
        event.exitCode(),
        event.reason(),
        event.message(),
        event.at(),
        ContainerIds.instance(record.id));
    changed(pod, now);
  }

  // Dead records.

  /** The node lets dead records go when it learns of a death. */
  private static void died(PodState pod, long now) {
    dropDeadBefore(pod, now);
    if (pod.listing == null) {
      deadFallDue(pod, now);
    } else {
      pod.listing.died = true;
    }
  }

  private static void deadFallDue(PodState pod, long now) {
    pod.deadRecords = true;
    pod.deadSince = now;
  }

  /** A pass sees the dead records that fell due at its own instant once more. */
  static void dropDeadBefore(PodState pod, long now) {
    if (pod.deadRecords && pod.deadSince < now) {
      dropDead(pod);
    }
  }

  /**
   * Of each container the kubelet keeps one dead record, the newest; of a pod it evicts, none
   * (pod_container_deletor.go, pod_workers.go ShouldPodContentBeRemoved; rule L-018).
   */
  static void dropDead(PodState pod) {
    pod.deadRecords = false;
    for (ContainerSlot slot : pod.slots) {
      boolean kept = pod.evicted;
      for (ContainerRecord r = slot.newest; r != null; r = r.older) {
        if (r.state != RecordState.EXITED) {
          continue;
        }
        if (kept) {
          slot.remove(r.id);
        }
        kept = true;
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
    return Math.max(listing.at, clock.relistBefore(now)) > pod.passEnded;
  }

  /** Waits for the next listing. */
  void await(PodState pod, long now, PodSink out) {
    pod.awaitsListing = true;
    Listing listing = pod.listing;
    if (listing == null) {
      out.armDeadline(PodSink.RELIST, 0, clock.relistAfter(now));
      return;
    }
    planWhole(listing, now, out);
    serve(listing, now, out);
  }

  /** A node that lists on demand does so for whoever waits: at once, but only once a period. */
  private void serve(Listing listing, long now, PodSink out) {
    if (!listing.onDemand) {
      return;
    }
    if (justServed(listing, now)) {
      plan(listing, Cause.WAITED, now + clock.relistPeriod(), out);
    } else {
      listing.waitedAt = now;
      plan(listing, Cause.WAITED, now + SOON, out);
    }
  }

  /** True if the pod was listed within the last period because its worker waited. */
  private boolean justServed(Listing listing, long now) {
    return listing.waitedAt != Times.NONE && now - listing.waitedAt < clock.relistPeriod();
  }

  /** A worker that waited for the listing of its own pass asked to be served too. */
  void granted(Listing listing, long now, PodSink out) {
    listing.granted = false;
    if (listing.onDemand && justServed(listing, now)) {
      plan(listing, Cause.WAITED, now + clock.relistPeriod(), out);
    }
  }

  private void planWhole(Listing listing, long now, PodSink out) {
    if (!listing.comes(Cause.WHOLE)) {
      boolean listed = listing.wholeAt == now;
      plan(listing, Cause.WHOLE, listed ? clock.relistAfter(now) : clock.relistFrom(now), out);
    }
  }

  private static void plan(Listing listing, Cause cause, long at, PodSink out) {
    if (listing.add(cause, at)) {
      arm(listing, out);
    }
  }

  private static void arm(Listing listing, PodSink out) {
    if (listing.nextAt() != Times.NONE) {
      out.armDeadline(PodSink.RELIST, ++listing.generation, listing.nextAt());
    }
  }

  /**
   * The listing that was to come next; false if the whole runtime was listed at this instant before
   * and it tells nothing new.
   */
  boolean relists(Listing listing, long now, PodSink out) {
    Cause cause = listing.take();
    arm(listing, out);
    if (cause == Cause.WAITED) {
      listing.waitedAt = now;
    }
    if (listing.wholeAt == now) {
      return false;
    }
    if (cause == Cause.WHOLE) {
      listing.wholeAt = now;
    }
    return true;
  }

  /** The pod alone is listed as its pass ends, unless everything just was; true: it has changed. */
  boolean listAlone(PodState pod, Listing listing, long now, PodSink out) {
    return listing.wholeAt != now && list(pod, listing, now, out);
  }

  /** True if the pod has changed. */
  boolean list(PodState pod, Listing listing, long now, PodSink out) {
    seeAll(pod, listing, now, out);
    if (listing.died) {
      listing.died = false;
      deadFallDue(pod, now);
    }
    listing.at = now;
    return listing.takeChanged();
  }

  /** Everything that happened is known now. */
  void seeAll(PodState pod, Listing listing, long now, PodSink out) {
    for (int k = 0; k < listing.unseen.size(); k++) {
      see(pod, listing.unseen.get(k), now, out);
    }
    listing.unseen.clear();
  }
}
