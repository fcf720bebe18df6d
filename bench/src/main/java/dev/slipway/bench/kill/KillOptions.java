package dev.slipway.bench.kill;

import java.nio.file.Path;

/**
 * How the service is killed.
 *
 * @param kills how often, by SIGKILL
 * @param brokerRestarts how often the broker is killed and started again in between
 * @param instances services of one group at a time; each kill is of one of them
 * @param pods pods of the feed
 * @param partitions of the feed
 * @param directory for the broker's data and the logs
 */
public record KillOptions(
    int kills,
    int brokerRestarts,
    int instances,
    int pods,
    int partitions,
    long seed,
    Path directory) {}
