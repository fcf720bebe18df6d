/**
 * Kafka on both sides: the feed's consumer and producer, the status sink, the topics, and a broker
 * inside this process for the demo and the tests. Knows record bytes, offsets and back-pressure;
 * what a pod is it leaves to the decoder.
 */
@NullMarked
package dev.slipway.ingest.kafka;

import org.jspecify.annotations.NullMarked;
