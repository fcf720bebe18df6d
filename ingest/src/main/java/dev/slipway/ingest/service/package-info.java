/**
 * The streaming service on Kafka: partitions of a feed in, what follows from them out, each batch
 * with its offsets, outputs and state in one transaction. The loop knows transactions, partitions
 * and changelogs; what a record means it leaves to its shards.
 */
@NullMarked
package dev.slipway.ingest.service;

import org.jspecify.annotations.NullMarked;
