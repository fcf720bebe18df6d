package dev.slipway.actors;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One shard's actor in live time that goes on when the test says so. */
final class ShardActorTest {
  private static final Duration TICK = Duration.ofMillis(10);
  private static final Duration NOTHING = Duration.ofMillis(100);
  private static final long START = Samples.seconds(1_000);

  /** The totals go out at every tenth tick. */
  private static final int TICKS_PER_IMAGE = 10;

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(Dispatchers.config(1))
              .withFallback(ConfigFactory.load()));
  private final ManualTime time = ManualTime.get(kit.system());
  private final AtomicLong now = new AtomicLong(START);
  private final CommandRoom room = new CommandRoom();
  private final TestProbe<TotalsActor.Command> totals = kit.createTestProbe();
  private final ActorRef<ShardActor.Command> shard =
      kit.spawn(
          ShardActor.create(
              EngineSettings.of(1, new EngineClock.Live(now::get, TICK), Samples.AT_ONCE),
              0,
              room,
              totals.ref()),
          "shard",
          DispatcherSelector.fromConfig(Dispatchers.name(0)));

  @AfterEach
  void stop() {
    shard.tell(new ShardActor.Stop());
    totals.expectTerminated(shard);
    kit.shutdownTestKit();
  }

  private void submit(EngineCommand command) {
    assertThat(room.take()).isTrue();
    shard.tell(new ShardActor.Submit(command));
  }

  /** Time goes on, and the shard looks at it so many ticks later. */
  private void passes(long seconds, int ticks) {
    now.addAndGet(Samples.seconds(seconds));
    for (int tick = 0; tick < ticks; tick++) {
      time.timePasses(TICK);
      reached();
    }
  }

  /** The time the shard has reached, after everything it was told before. */
  private long reached() {
    TestProbe<Long> answer = kit.createTestProbe();
    shard.tell(new ShardActor.Report(answer.ref()));
    return answer.receiveMessage();
  }

  private PodRow row() {
    TestProbe<List<PodRow>> answer = kit.createTestProbe();
    shard.tell(new ShardActor.ListPods(answer.ref()));
    return answer.receiveMessage().getFirst();
  }

  @Test
  void timeIsLookedAtWithTheTicks() {
    submit(Samples.create("a"));
    assertThat(reached()).isEqualTo(START);
    now.addAndGet(Samples.seconds(5));
    assertThat(reached()).isEqualTo(START);
    time.timePasses(TICK);
    assertThat(reached()).isEqualTo(START + Samples.seconds(5));
    assertThat(row().ready()).isTrue();
  }

  /** Under load ticks are far between, and what is commanded happens when it is taken. */
  @Test
  void commandsOfALaterTimeBringTheShardUpToIt() {
    submit(Samples.create("a"));
    assertThat(reached()).isEqualTo(START);
    now.addAndGet(Samples.seconds(5));
    submit(Samples.create("b"));
    assertThat(reached()).isEqualTo(START + Samples.seconds(5));
  }

  @Test
  void totalsGoOutAtTheirTicksAndOnlyWhenTheyHaveChanged() {
    submit(Samples.create("a"));
    for (int tick = 1; tick < TICKS_PER_IMAGE; tick++) {
      time.timePasses(TICK);
    }
    totals.expectNoMessage(NOTHING);
    time.timePasses(TICK);
    TotalsActor.ShardImage image = totals.expectMessageClass(TotalsActor.ShardImage.class);
    assertThat(image.totals().created()).isEqualTo(1);
    for (int tick = 0; tick < 2 * TICKS_PER_IMAGE; tick++) {
      time.timePasses(TICK);
    }
    totals.expectNoMessage(NOTHING);
  }

  @Test
  void putCreatesAPodThatIsNewAndChangesOneThatIsNot() {
    EngineCommand.Create create = (EngineCommand.Create) Samples.create("a");
    submit(new EngineCommand.Put(create));
    submit(
        new EngineCommand.Put(
            new EngineCommand.Create(create.meta().withGeneration(7), create.shape())));
    passes(3, 1);
    assertThat(reached()).isEqualTo(START + Samples.seconds(3));
    assertThat(row().meta().generation()).isEqualTo(7);
    TotalsActor.ShardImage image = totals.expectMessageClass(TotalsActor.ShardImage.class);
    assertThat(image.totals().ignored()).isZero();
    assertThat(image.totals().created()).isEqualTo(1);
  }

  @Test
  void stopTakesWhatCameBeforeAndSendsTheLastTotals() {
    for (int pod = 0; pod < 100; pod++) {
      submit(Samples.create("p" + pod));
    }
    shard.tell(new ShardActor.Stop());
    TotalsActor.ShardImage last = totals.expectMessageClass(TotalsActor.ShardImage.class);
    assertThat(last.totals().created()).isEqualTo(100);
    totals.expectTerminated(shard);
  }
}
