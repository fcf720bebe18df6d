package dev.slipway.ops.observe;

import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.repair.Anomaly;
import dev.slipway.ingest.service.ObserveListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells several listeners the same, in order. */
record Listeners(List<ObserveListener> all) implements ObserveListener {
  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void transition(ObservedPod pod, ObservedTransition transition) {
    for (ObserveListener one : all) {
      one.transition(pod, transition);
    }
  }

  @Override
  public void finding(ObservedPod pod, Finding finding) {
    for (ObserveListener one : all) {
      one.finding(pod, finding);
    }
  }

  @Override
  public void readyFirst(ObservedPod pod) {
    for (ObserveListener one : all) {
      one.readyFirst(pod);
    }
  }

  @Override
  public void changed(ObservedPod pod) {
    for (ObserveListener one : all) {
      one.changed(pod);
    }
  }

  @Override
  public void forgotten(ObservedPod pod) {
    for (ObserveListener one : all) {
      one.forgotten(pod);
    }
  }

  @Override
  public void snapshot(int partition, String identity, byte @Nullable [] snapshot) {
    for (ObserveListener one : all) {
      one.snapshot(partition, identity, snapshot);
    }
  }

  @Override
  public void totals(int partition, GroupTotals totals) {
    for (ObserveListener one : all) {
      one.totals(partition, totals);
    }
  }

  @Override
  public void totalsGone(int partition, String group, String name) {
    for (ObserveListener one : all) {
      one.totalsGone(partition, group, name);
    }
  }

  @Override
  public void dropped(int partition) {
    for (ObserveListener one : all) {
      one.dropped(partition);
    }
  }

  @Override
  public void anomaly(Anomaly anomaly) {
    for (ObserveListener one : all) {
      one.anomaly(anomaly);
    }
  }

  @Override
  public void aboutAllPods() {
    all.forEach(ObserveListener::aboutAllPods);
  }

  @Override
  public void refused(Rejected rejected) {
    for (ObserveListener one : all) {
      one.refused(rejected);
    }
  }
}
