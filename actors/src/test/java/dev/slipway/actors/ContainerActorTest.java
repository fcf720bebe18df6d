package dev.slipway.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.runtime.Answers;
import dev.slipway.engine.runtime.ForwardingRuntime;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** One container's actor, message by message: orders to its runtime, reports to its pod. */
final class ContainerActorTest {
  private static final int APP = 1;
  private static final int RECORD = 5;
  private static final long GRACE_SECONDS = 2;

  private final List<String> orders = new ArrayList<>();
  private final ShardScope shard = Samples.virtualShard();
  private final PodPost post = Samples.post(shard);
  private final TestInbox<PodActor.Command> toPod = TestInbox.create();
  private final BehaviorTestKit<ContainerActor.Command> container =
      BehaviorTestKit.create(ContainerActor.UNBORN);

  ContainerActorTest() {
    post.runtime(new Noting());
    post.born(toPod.getRef());
    post.room(Samples.SHAPE.count);
    container.run(new ContainerActor.Born(post, APP, Samples.SHAPE.container(APP)));
  }

  /** Does nothing but note what is asked. */
  private final class Noting extends ForwardingRuntime {
    Noting() {
      super(Samples.AT_ONCE.create(Samples.meta("web"), Samples.SHAPE));
    }

    @Override
    public void createContainer(int c, int recordId, int attempt, long now, Answers out) {
      orders.add("create " + c + " record " + recordId + " attempt " + attempt);
    }

    @Override
    public void startProcess(int c, long now, Answers out) {
      orders.add("start " + c);
    }

    @Override
    public void stopProcess(int c, long graceSeconds, long now, Answers out) {
      orders.add("stop " + c + " within " + graceSeconds);
    }
  }

  private void takes(ContainerEvent event) {
    container.run(new ContainerActor.Take(APP, event));
  }

  /** What the pod has been told so far. */
  private List<PodEvent> told() {
    return toPod.getAllReceived().stream()
        .filter(command -> command instanceof PodActor.Take)
        .map(command -> ((PodActor.Take) command).event())
        .toList();
  }

  @Test
  void startIsCreateThenStartThenAReport() {
    takes(new ContainerEvent.Start(RECORD, 3, GRACE_SECONDS));
    assertThat(orders).containsExactly("create 1 record 5 attempt 3");
    takes(ContainerEvent.CREATED);
    assertThat(orders).containsExactly("create 1 record 5 attempt 3", "start 1");
    takes(ContainerEvent.STARTED);
    assertThat(told()).contains(new PodEvent.ContainerCreated(APP, RECORD));
    assertThat(shard.counts.starts).isEqualTo(1);
  }

  @Test
  void stopSendsTheSignalAndItsEndIsReported() {
    takes(new ContainerEvent.Start(RECORD, 0, GRACE_SECONDS));
    takes(ContainerEvent.CREATED);
    takes(ContainerEvent.STARTED);
    takes(new ContainerEvent.Stop(RECORD, GRACE_SECONDS, true, false));
    assertThat(orders).endsWith("stop 1 within 2");
  }

  @Test
  void secondStartWhileOneIsUnderWayIsAFailureOfThePod() {
    List<RuntimeException> failures = new ArrayList<>();
    ShardScope failing = Samples.virtualShard(failures::add);
    PodPost own = Samples.post(failing);
    own.runtime(new Noting());
    own.born(toPod.getRef());
    own.room(Samples.SHAPE.count);
    BehaviorTestKit<ContainerActor.Command> kit = BehaviorTestKit.create(ContainerActor.UNBORN);
    kit.run(new ContainerActor.Born(own, APP, Samples.SHAPE.container(APP)));
    ContainerActor.Take start =
        new ContainerActor.Take(APP, new ContainerEvent.Start(RECORD, 0, GRACE_SECONDS));
    kit.run(start);
    kit.run(start);
    assertThat(failures).hasSize(1).first().isInstanceOf(IllegalStateException.class);
    assertThat(own.closed()).isTrue();
    assertThat(toPod.getAllReceived()).contains(PodActor.STOP);
  }
}
