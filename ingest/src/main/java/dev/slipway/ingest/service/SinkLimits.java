package dev.slipway.ingest.service;

/**
 * Bytes handed to the producer and not confirmed.
 *
 * @param most from here on the source is paused. With a sink that takes 300 KB/s they are gone
 *     within {@link ServiceSettings#TRANSACTION_TIMEOUT}; a fast one never has as many under way
 * @param resume down here it is resumed
 * @param commit as many a commit, which blocks the loop, may wait for
 */
record SinkLimits(long most, long resume, long commit) {
  static final SinkLimits DEFAULT = new SinkLimits(8L * 1024 * 1024, 4L * 1024 * 1024, 1024 * 1024);
}
