/**
 * {@code slipway demo}: a small cluster in one process. Makes pods of manifests, sends them through
 * a real Kafka to the actors and their status back, and shows what becomes of them.
 */
@NullMarked
package dev.slipway.ops.demo;

import org.jspecify.annotations.NullMarked;
