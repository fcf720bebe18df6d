/** The transport over sockets against servers that go wrong in ways no recorded case has. */
@NullMarked
package dev.slipway.ops.probe;

import org.jspecify.annotations.NullMarked;
