package dev.slipway.engine.scheduling;

/** A workload that owns pods, by its exact API version, kind and name (K-071). */
public record ControllerRef(String apiVersion, String kind, String name) {}
