package dev.slipway.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.PodEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** One pod's actor and its post, message by message. */
final class PodActorTest {
  private final ShardScope shard = Samples.virtualShard();
  private final PodPost post = Samples.post(shard);
  private final BehaviorTestKit<PodActor.Command> pod = BehaviorTestKit.create(PodActor.UNBORN);
  private final TestInbox<PodActor.Command> toPod = TestInbox.create();
  private final List<TestInbox<ContainerActor.Command>> toContainers =
      List.of(TestInbox.create(), TestInbox.create());

  PodActorTest() {
    pod.run(new PodActor.Born(post, Samples.state("web")));
    post.born(toPod.getRef());
    for (int c = 0; c < toContainers.size(); c++) {
      post.born(c, toContainers.get(c).getRef());
    }
  }

  /** Lets the pod take what it is told; its containers take everything and do nothing. */
  private List<ContainerEvent> run() {
    List<ContainerEvent> taken = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = toPod.hasMessages();
      if (more) {
        pod.run(toPod.receiveMessage());
      }
      for (TestInbox<ContainerActor.Command> inbox : toContainers) {
        if (inbox.hasMessages() && inbox.receiveMessage() instanceof ContainerActor.Take take) {
          taken.add(take.event());
          post.delivered();
          more = true;
        }
      }
    }
    return taken;
  }

  @Test
  void spawnsOneChildPerContainer() {
    List<Effect> spawned =
        pod.getAllEffects().stream().filter(effect -> effect instanceof Effect.Spawned<?>).toList();
    assertThat(spawned).hasSize(2);
  }

  @Test
  void firstPassMakesASandboxAndStartsTheFirstContainer() {
    shard.command(post, PodActor.ADDED);
    shard.advance(0);
    assertThat(run()).contains(new ContainerEvent.Start(1, 0, 2));
  }

  @Test
  void onlyOneLetterOfAPodTravelsAtATime() {
    post.pod(new PodEvent.SandboxLost(1));
    post.container(0, ContainerEvent.TURN);
    post.container(1, ContainerEvent.TURN);
    shard.command(post, PodActor.ADDED);
    assertThat(toPod.receiveMessage()).isEqualTo(new PodActor.Take(new PodEvent.SandboxLost(1)));
    assertThat(toContainers.get(0).hasMessages()).isFalse();
    post.delivered();
    assertThat(toContainers.get(0).hasMessages()).isTrue();
    assertThat(toContainers.get(1).hasMessages()).isFalse();
    post.delivered();
    assertThat(toContainers.get(1).hasMessages()).isTrue();
  }

  @Test
  void wakeUpComesAfterEverythingOfItsInstant() {
    shard.command(post, PodActor.ADDED);
    post.wakeSoon();
    shard.arm(post, new PodActor.Delete(1L), 0, PodPost.RUNTIME_RANK);
    post.container(0, ContainerEvent.TURN);
    assertThat(toPod.receiveMessage()).isEqualTo(PodActor.ADDED);
    shard.advance(0);
    assertThat(toPod.hasMessages()).isFalse();
    post.delivered();
    assertThat(toContainers.getFirst().hasMessages()).isTrue();
    post.delivered();
    assertThat(toPod.receiveMessage()).isEqualTo(new PodActor.Delete(1L));
    post.delivered();
    assertThat(toPod.receiveMessage()).isEqualTo(PodActor.WOKEN);
  }

  @Test
  void whatComesWhileThePodIsAtWorkWaitsInItsTotalOrder() {
    shard.command(post, PodActor.ADDED);
    Deadline late = new WaitingLetter(post, PodActor.WOKEN, 9, 0, 100);
    Deadline tick = new WaitingLetter(post, PodActor.ADDED, 5, 1, 101);
    Deadline early = new WaitingLetter(post, new PodActor.Delete(1L), 5, 0, 102);
    List.of(late, tick, early).forEach(post::due);
    toPod.receiveMessage();
    post.delivered();
    assertThat(toPod.receiveMessage()).isEqualTo(early.letter());
    assertThat(post.now()).isEqualTo(5);
    post.delivered();
    assertThat(toPod.receiveMessage()).isEqualTo(tick.letter());
    post.delivered();
    assertThat(toPod.receiveMessage()).isEqualTo(late.letter());
    assertThat(post.now()).isEqualTo(9);
  }

  @Test
  void closedPostDeliversNothingAndStopsThePod() {
    shard.command(post, PodActor.ADDED);
    post.close();
    assertThat(toPod.getAllReceived()).contains(PodActor.STOP);
    pod.run(PodActor.STOP);
    assertThat(pod.isAlive()).isFalse();
  }
}
