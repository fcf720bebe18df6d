/** Tests of the demo's controllers, and a short demo from end to end. */
@NullMarked
package dev.slipway.ops.demo;

import org.jspecify.annotations.NullMarked;
