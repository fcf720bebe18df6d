/**
 * Effective requests and limits of many pods at once, their sums, and where each number comes from.
 * Reads pods and prints figures; the arithmetic is the engine's.
 */
@NullMarked
package dev.slipway.ops.resources;

import org.jspecify.annotations.NullMarked;
