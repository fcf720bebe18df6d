@NullMarked
package dev.slipway.tests.observe;

import org.jspecify.annotations.NullMarked;
