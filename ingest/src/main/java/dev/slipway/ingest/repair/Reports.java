package dev.slipway.ingest.repair;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.format.PodRef;

/** Writes anomalies down. */
final class Reports {
  private final Anomalies anomalies;

  Reports(Anomalies anomalies) {
    this.anomalies = anomalies;
  }

  void add(AnomalyKind kind, PodRef subject, String detail, long arrivalNanos) {
    anomalies.add(new Anomaly(kind, subject, detail, arrivalNanos, Times.NONE));
  }

  void add(AnomalyKind kind, ObjectMeta subject, long arrivalNanos) {
    add(kind, PodRef.of(subject), detail(subject), arrivalNanos);
  }

  void late(ObjectMeta subject, long arrivalNanos, long newerArrivalNanos) {
    late(PodRef.of(subject), detail(subject), arrivalNanos, newerArrivalNanos);
  }

  void late(PodRef subject, String detail, long arrivalNanos, long newerArrivalNanos) {
    long late = Math.max(0, arrivalNanos - newerArrivalNanos);
    anomalies.add(new Anomaly(AnomalyKind.LATE_VERSION, subject, detail, arrivalNanos, late));
  }

  private static String detail(ObjectMeta subject) {
    return "version=" + subject.resourceVersion();
  }
}
