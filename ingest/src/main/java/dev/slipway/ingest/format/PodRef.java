package dev.slipway.ingest.format;

import dev.slipway.engine.api.ObjectMeta;

/** Which pod a source speaks of. Texts are empty where it does not say. */
public record PodRef(String uid, String namespace, String name) {
  /** The pod of that metadata. */
  public static PodRef of(ObjectMeta metadata) {
    return new PodRef(metadata.uid(), metadata.namespace(), metadata.name());
  }

  /** The UID, {@link #key} if there is none. */
  public String identity() {
    return uid.isEmpty() ? key() : uid;
  }

  /** {@code namespace/name}. */
  public String key() {
    return namespace + "/" + name;
  }

  /** False if there is neither a UID nor a namespace and a name. */
  public boolean known() {
    return !uid.isEmpty() || (!namespace.isEmpty() && !name.isEmpty());
  }
}
