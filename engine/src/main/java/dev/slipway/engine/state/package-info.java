/**
 * What the engine knows of one pod: its shape, the runtime's view of it and the status cached for
 * it. Plain mutable data for the rules to read and write; owns no rule and is not meant for use
 * outside the engine.
 */
@NullMarked
package dev.slipway.engine.state;

import org.jspecify.annotations.NullMarked;
