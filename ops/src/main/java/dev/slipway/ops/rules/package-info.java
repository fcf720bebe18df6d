/** The rules Slipway follows, in words, with where they come from; a resource file holds them. */
@NullMarked
package dev.slipway.ops.rules;

import org.jspecify.annotations.NullMarked;
