package dev.slipway.engine.api;

/** A pod object as the API server stores it. */
public record Pod(ObjectMeta metadata, PodSpec spec, PodStatus status) {
  /**
   * True for a pod read from a node's file or URL, not from the API server (annotation of the
   * kubelet).
   */
  public boolean isStatic() {
    String source = metadata.annotations().get("kubernetes.io/config.source");
    return source != null && !source.equals("api");
  }
}
