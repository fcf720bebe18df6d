package dev.slipway.ingest.format;

/** The formats a record can be in. */
public enum Format implements Outcome {
  /** {@code {"type","object"}} of a Kubernetes watch, also what OpenTelemetry writes as raw. */
  WATCH,
  /** One object by itself. */
  OBJECT,
  /** A list of objects. */
  LIST,
  /** A record of {@code audit.k8s.io}. */
  AUDIT,
  /** A CloudEvent of Knative's ApiServerSource, structured or binary. */
  CLOUD_EVENT,
  /** OpenTelemetry logs in OTLP's JSON, as the k8sobjects receiver makes them. */
  OTLP,
  /** An Event object, bare or as event exporters and routers wrap it. */
  CORE_EVENT,
  /** One action of a recording by kwokctl. */
  KWOK,
  /** One line of a recording by the kube-scheduler-simulator. */
  SCHEDULER_SIMULATOR,
  /** A container event of a container runtime (CRI). */
  CONTAINER_EVENT,
  /** A report of our own about a container. */
  RUNTIME_REPORT
}
