package dev.slipway.engine.runtime;

/**
 * A wake-up a modelled runtime asks for.
 *
 * @param container ordinal, -1 for the pod itself
 * @param kind what is due; the model's own number
 * @param instance which run of the thing it is about, so that what is out of date is recognised
 */
public record RuntimeWake(int container, int kind, int instance) {}
