package dev.slipway.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerTest {
  @TempDir Path directory;

  @Test
  void givenDirectoryKeepsItsTopicsForTheNextBrokerAndHoldsOneBrokerAtATime() {
    try (var first = EmbeddedBroker.start(directory)) {
      Topics.create(first.bootstrapServers(), 3, (short) 1);
      assertThatThrownBy(() -> EmbeddedBroker.start(directory))
          .hasMessage("directory is in use by another broker: directory=" + directory);
      assertThat(first.failure()).isEmpty();
    }
    try (var second = EmbeddedBroker.start(directory)) {
      Topics.create(second.bootstrapServers(), 3, (short) 1);
      assertThatThrownBy(() -> Topics.create(second.bootstrapServers(), 4, (short) 1))
          .hasMessageContaining("partitions=3 wanted=4");
    }
  }

  @Test
  void takenPortIsSaidSoAtOnce() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, port))
          .hasMessageContaining("port is not free: port=" + port);
    }
  }
}
