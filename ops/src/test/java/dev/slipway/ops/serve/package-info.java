/** A service in the same process, asked over HTTP. */
@NullMarked
package dev.slipway.ops.serve;

import org.jspecify.annotations.NullMarked;
