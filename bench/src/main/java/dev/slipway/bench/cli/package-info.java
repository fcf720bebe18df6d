/** {@code slipway bench}: measurements from the command line. */
@NullMarked
package dev.slipway.bench.cli;

import org.jspecify.annotations.NullMarked;
