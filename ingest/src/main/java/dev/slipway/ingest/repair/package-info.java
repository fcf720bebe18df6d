/**
 * Puts right what real feeds get wrong: one ordered, undoubled story per pod out of events that
 * come late, twice, under another key or not at all. Knows no format and no clock; when an event
 * arrived comes with it, so the same events give the same story.
 */
@NullMarked
package dev.slipway.ingest.repair;

import org.jspecify.annotations.NullMarked;
