/**
 * The {@code slipway} command: parses arguments and starts what they ask for. Computes nothing
 * itself.
 */
@NullMarked
package dev.slipway.ops.cli;

import org.jspecify.annotations.NullMarked;
