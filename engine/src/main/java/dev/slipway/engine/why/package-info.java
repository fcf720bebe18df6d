/**
 * Why the engine did something: the rule at work and what set it off, told by the code that
 * decided. Knows nothing of pods; turning a cause into words for people is for others.
 */
@NullMarked
package dev.slipway.engine.why;

import org.jspecify.annotations.NullMarked;
