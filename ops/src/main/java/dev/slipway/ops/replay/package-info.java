/**
 * Replays traces in virtual time: places pods on nodes, runs the life of each by the engine's
 * rules, and writes a run directory. What-ifs change the input; the rules stay where they are.
 */
@NullMarked
package dev.slipway.ops.replay;

import org.jspecify.annotations.NullMarked;
