/**
 * What the API server fills in before it stores an object (rule V-60), on trees in normal form.
 * Judges nothing.
 */
@NullMarked
package dev.slipway.ingest.defaults;

import org.jspecify.annotations.NullMarked;
