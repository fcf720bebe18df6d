/**
 * The Kubernetes API objects the rules read and write, as immutable records with the API's own
 * names. Owns no rule: what the values mean is decided elsewhere.
 */
@NullMarked
package dev.slipway.engine.api;

import org.jspecify.annotations.NullMarked;
