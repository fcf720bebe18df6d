package dev.slipway.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ingest.kafka.EmbeddedBroker;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that takes outputs far slower than it gives records. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SlowSinkTest {
  private static final int PARTITIONS = 3;
  private static final int PODS = 600;
  private static final double BYTES_PER_SECOND = 300_000;

  /** To write all that may be under way takes three seconds. */
  private static final SinkLimits LIMITS = new SinkLimits(900_000, 450_000, 100_000);

  /** A loop that waited for the sink would make one turn a pause. */
  private static final int TURNS_A_PAUSE_MIN = 4;

  /** One record's outputs and the state of one transaction may come on top of the limit. */
  private static final long SLACK = 300_000;

  private static final class Seen implements ServiceLoop.Progress {
    int pauses;
    int partitions;
    long lag = -1;
    boolean caughtUp;

    @Override
    public void records(int count) {}

    @Override
    public void committed() {}

    @Override
    public void restored(int count) {}

    @Override
    public void paused() {
      pauses++;
    }

    @Override
    public void state(int owned, int restoring, long keys, long behind, boolean there) {
      partitions = owned;
      lag = behind;
      caughtUp = there;
    }
  }

  @Test
  void theSourceIsPausedAndTheGroupIsKept() throws Exception {
    Map<String, String> windows = Map.of("quota.window.num", "2", "quota.window.size.seconds", "1");
    try (EmbeddedBroker broker = EmbeddedBroker.start(windows)) {
      TestFeed feed = new TestFeed(broker.bootstrapServers(), "slow", PARTITIONS);
      limit(broker, "slow");
      feed.write(PODS, 600);
      ServiceSettings settings =
          feed.settings("slow")
              .withProperties(
                  Map.of(
                      "client.id", "slow",
                      "compression.type", "none"));
      ServiceTopics.create(settings);
      Seen seen = new Seen();
      follow(settings, seen, feed);
      assertThat(seen.pauses).isPositive();
      ServiceSettings calm = feed.settings("calm");
      ServiceTopics.create(calm);
      try (StreamService service = StreamService.start(calm, TestFeed::observe)) {
        while (!service.stats().caughtUp() || service.stats().lag() != 0) {
          Thread.sleep(10);
        }
      }
      for (Output output : List.of(Output.POD_STATUS, Output.TRANSITIONS)) {
        List<String> lines = Committed.lines(broker.bootstrapServers(), settings.topic(output));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3 * PODS);
        assertThat(lines).isEqualTo(Committed.lines(broker.bootstrapServers(), calm.topic(output)));
      }
    }
  }

  private static void limit(EmbeddedBroker broker, String client) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) broker.bootstrapServers()))) {
      var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, client));
      var rate = new ClientQuotaAlteration.Op("producer_byte_rate", BYTES_PER_SECOND);
      admin
          .alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(rate))))
          .all()
          .get();
    }
  }

  /** Turns the loop to the end of the feed; somebody joins and leaves while the source is held. */
  private static void follow(ServiceSettings settings, Seen seen, TestFeed feed) throws Exception {
    long turnsHeld = 0;
    long most = 0;
    StreamService visitor = null;
    boolean shared = false;
    Thread leaving = Thread.currentThread();
    boolean heldAfter = false;
    try (ServiceLoop loop =
        new ServiceLoop(settings, 0, "slow-0", LIMITS, TestFeed::observe, seen)) {
      loop.begin();
      while (!(heldAfter && seen.caughtUp && seen.lag == 0 && seen.partitions == PARTITIONS)) {
        turnsHeld += loop.held() ? 1 : 0;
        loop.turn();
        most = Math.max(most, loop.inFlightBytes());
        if (visitor == null && loop.held()) {
          visitor = StreamService.start(feed.settings("slow"), TestFeed::observe);
        } else if (visitor != null && !shared && visitor.stats().partitions() > 0) {
          shared = true;
          leaving = Thread.ofVirtual().start(visitor::close);
          feed.write(PODS, 600);
        }
        heldAfter |= !leaving.isAlive() && seen.partitions == PARTITIONS && loop.held();
      }
      loop.end();
    }
    assertThat(most).isBetween(LIMITS.most() / 2, LIMITS.most() + SLACK);
    assertThat(heldAfter).as("was held with partitions that came back").isTrue();
    assertThat(turnsHeld)
        .as("goes on polling while the source is held")
        .isGreaterThan((long) TURNS_A_PAUSE_MIN * seen.pauses);
  }
}
