/** Replays as a whole, through the command. */
@NullMarked
package dev.slipway.tests.replay;

import org.jspecify.annotations.NullMarked;
