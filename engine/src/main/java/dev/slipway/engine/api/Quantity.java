package dev.slipway.engine.api;

import java.math.BigDecimal;

/** An amount of a resource, exact (placeholder shape: value in base units and the text it was read from). */
public record Quantity(BigDecimal value, String text) {}
