/**
 * What the API server refuses (rules V-01 to V-59): defaulted trees in normal form in, errors with
 * field, kind and detail out. Changes nothing.
 */
@NullMarked
package dev.slipway.ingest.validation;

import org.jspecify.annotations.NullMarked;
