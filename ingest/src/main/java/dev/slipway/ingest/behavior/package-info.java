/**
 * Behavior files: what a modelled runtime does, written in YAML. Reads them strictly; knows nothing
 * of how a behavior is used.
 */
@NullMarked
package dev.slipway.ingest.behavior;

import org.jspecify.annotations.NullMarked;
