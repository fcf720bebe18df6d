/** Tests of the columns, the table and the HTTP door. */
@NullMarked
package dev.slipway.ops.pods;

import org.jspecify.annotations.NullMarked;
