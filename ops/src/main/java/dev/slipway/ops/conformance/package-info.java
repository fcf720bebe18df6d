/**
 * Holds this build against the recorded answers of Kubernetes: reads cases as data, answers them
 * with the engine and compares. Knows formats, never answers.
 */
@NullMarked
package dev.slipway.ops.conformance;

import org.jspecify.annotations.NullMarked;
