/** The scale harness: a million pods on actors, measured beside bare Pekko actors. */
@NullMarked
package dev.slipway.bench.live;

import org.jspecify.annotations.NullMarked;
