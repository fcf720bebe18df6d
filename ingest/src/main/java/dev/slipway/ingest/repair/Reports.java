package dev.slipway.ingest.repair;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.ingest.format.PodRef;

/** Writes anomalies down. */
final class Reports {
  private final Anomalies anomalies;

  Reports(Anomalies anomalies) {
    this.anomalies = anomalies;
  }

  void add(AnomalyKind kind, PodRef subject, String detail, long arrivalNanos) {
    anomalies.add(new Anomaly(kind, subject, detail, arrivalNanos));
  }

  void add(AnomalyKind kind, ObjectMeta subject, long arrivalNanos) {
    add(kind, PodRef.of(subject), "version=" + subject.resourceVersion(), arrivalNanos);
  }

  void late(ObjectMeta subject, long arrivalNanos, long newerArrivalNanos) {
    add(AnomalyKind.LATE_VERSION, subject, arrivalNanos);
    anomalies.lateness().add(arrivalNanos - newerArrivalNanos);
  }
}
