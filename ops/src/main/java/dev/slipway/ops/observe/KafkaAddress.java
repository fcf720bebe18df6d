package dev.slipway.ops.observe;

import java.util.Optional;

/**
 * {@code kafka://host:port[,host:port...]/topic}.
 *
 * @param servers what clients put into {@code bootstrap.servers}
 */
public record KafkaAddress(String servers, String topic) {
  private static final String SCHEME = "kafka://";
  private static final String DEFAULT_PORT = ":9092";

  /** True for what is meant to be one, right or wrong. */
  public static boolean isOne(String feed) {
    return feed.startsWith(SCHEME);
  }

  /** Reads it; empty if it names no server or no topic. */
  public static Optional<KafkaAddress> of(String feed) {
    if (!isOne(feed)) {
      return Optional.empty();
    }
    String rest = feed.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    if (slash <= 0 || slash == rest.length() - 1) {
      return Optional.empty();
    }
    StringBuilder servers = new StringBuilder();
    for (String server : rest.substring(0, slash).split(",", -1)) {
      servers
          .append(servers.isEmpty() ? "" : ",")
          .append(server.contains(":") ? server : server + DEFAULT_PORT);
    }
    return Optional.of(new KafkaAddress(servers.toString(), rest.substring(slash + 1)));
  }
}
