@NullMarked
package dev.slipway.ops.log;

import org.jspecify.annotations.NullMarked;
