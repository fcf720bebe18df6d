package dev.slipway.engine.job;

import org.jspecify.annotations.Nullable;

/** One entry of {@code successPolicy.rules}. */
public record SuccessRule(@Nullable String succeededIndexes, @Nullable Integer succeededCount) {}
