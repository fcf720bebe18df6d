@NullMarked
package dev.slipway.ops.observe;

import org.jspecify.annotations.NullMarked;
