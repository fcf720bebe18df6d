/** Tests that look at several modules at once, and the house rules. Nothing depends on it. */
@NullMarked
package dev.slipway.tests;

import org.jspecify.annotations.NullMarked;
