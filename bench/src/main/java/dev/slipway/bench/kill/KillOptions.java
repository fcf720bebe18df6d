package dev.slipway.bench.kill;

import java.nio.file.Path;

/**
 * How the service is killed.
 *
 * @param kills how often, by SIGKILL
 * @param brokerRestarts how often the broker is killed and started again in between
 * @param pods pods of the feed
 * @param partitions of the feed
 * @param directory for the broker's data and the logs
 */
public record KillOptions(
    int kills, int brokerRestarts, int pods, int partitions, long seed, Path directory) {}
