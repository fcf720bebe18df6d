/**
 * Feeds in and sinks out: turns bytes into the engine's events and back. Knows no lifecycle rule
 * and nothing of the actors that act on the events.
 */
@NullMarked
package dev.slipway.ingest;

import org.jspecify.annotations.NullMarked;
