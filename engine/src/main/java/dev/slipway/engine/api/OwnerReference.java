package dev.slipway.engine.api;

/** One entry of {@code metadata.ownerReferences}. */
public record OwnerReference(
    String apiVersion, String kind, String name, String uid, boolean controller) {}
