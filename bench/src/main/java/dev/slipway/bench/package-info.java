/** Benchmarks, one question per class, and the scale harness. Nothing depends on it. */
@NullMarked
package dev.slipway.bench;

import org.jspecify.annotations.NullMarked;
