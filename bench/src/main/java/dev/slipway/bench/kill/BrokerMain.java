package dev.slipway.bench.kill;

import dev.slipway.ingest.kafka.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in a process of its own: data directory and port; ends when its input ends. */
public final class BrokerMain {
  static final String READY = "broker is ready";

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    try (EmbeddedBroker _ = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]))) {
      System.out.println(READY);
      while (System.in.read() >= 0) {
        // until the one who started it is gone
      }
    }
    System.exit(0);
  }
}
