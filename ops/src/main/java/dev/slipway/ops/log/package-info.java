/** How a process tells what it does: lines for people, or a JSON object a line. */
@NullMarked
package dev.slipway.ops.log;

import org.jspecify.annotations.NullMarked;
