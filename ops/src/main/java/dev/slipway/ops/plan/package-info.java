/**
 * {@code slipway plan}: what the pods of manifests would do, as timelines in virtual time. Decides
 * no rule: it runs the engine and tells what it saw.
 */
@NullMarked
package dev.slipway.ops.plan;

import org.jspecify.annotations.NullMarked;
