/**
 * Hosts the engine on Pekko: one actor per pod and per container, deadlines and totals per shard.
 * Knows no lifecycle rule and nothing of where events come from.
 */
@NullMarked
package dev.slipway.actors;

import org.jspecify.annotations.NullMarked;
