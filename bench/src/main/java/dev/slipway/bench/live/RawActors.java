package dev.slipway.bench.live;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Typed Pekko actors that do nothing, in the topology of the engine: shards, one thread each; their
 * pods; their containers. A message to a shard goes on to one pod and from there to each container.
 * What this does a second is the limit of what any engine on these actors can do.
 */
final class RawActors implements AutoCloseable {
  /** Messages a shard may have waiting, as the engine allows. */
  private static final int WAITING_MAX = 1 << 15;

  private static final String THREAD =
      """
      raw-%d {
        type = Dispatcher
        executor = "thread-pool-executor"
        thread-pool-executor.fixed-pool-size = 1
        throughput = 256
      }
      """;

  private sealed interface Command {}

  /** A message to the pod of that number in its shard. */
  private record Ping(int pod) implements Command {}

  private record Spawn(int pods, int containers, CountDownLatch done) implements Command {}

  private static final Ping TO_CONTAINER = new Ping(0);

  private final List<ActorRef<Command>> shards = new ArrayList<>();
  private final List<AtomicInteger> waiting = new ArrayList<>();
  private final List<AtomicLong> taken = new ArrayList<>();
  private final ActorSystem<Void> system;

  RawActors(int shardCount) {
    CompletableFuture<Void> started = new CompletableFuture<>();
    for (int shard = 0; shard < shardCount; shard++) {
      waiting.add(new AtomicInteger());
      taken.add(new AtomicLong());
    }
    system =
        ActorSystem.create(
            Behaviors.setup(context -> {
              for (int shard = 0; shard < shardCount; shard++) {
                shards.add(spawn(context, shard));
              }
              started.complete(null);
              return Behaviors.empty();
            }),
            "raw",
            config(shardCount));
    started.join();
  }

  private ActorRef<Command> spawn(ActorContext<Void> context, int shard) {
    Counter counter = new Counter(taken.get(shard));
    AtomicInteger room = waiting.get(shard);
    return context.spawn(
        Behaviors.setup(c -> new Shard(c, counter, room)),
        "shard-" + shard,
        DispatcherSelector.fromConfig("raw-" + shard));
  }

  private static Config config(int shards) {
    StringBuilder text =
        new StringBuilder("pekko.loglevel = WARNING\npekko.log-dead-letters = off\n");
    for (int shard = 0; shard < shards; shard++) {
      text.append(THREAD.formatted(shard));
    }
    return ConfigFactory.parseString(text.toString()).withFallback(ConfigFactory.load());
  }

  /** Spawns the actors and waits until all are there. */
  void spawn(int pods, int containers) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(shards.size());
    for (int shard = 0; shard < shards.size(); shard++) {
      int own = pods / shards.size() + (shard < pods % shards.size() ? 1 : 0);
      shards.get(shard).tell(new Spawn(own, containers, done));
    }
    done.await();
  }

  /** A message to a pod; false: its shard has too many waiting. */
  boolean ping(int pod) {
    int shard = pod % shards.size();
    AtomicInteger room = waiting.get(shard);
    if (room.get() >= WAITING_MAX) {
      return false;
    }
    room.incrementAndGet();
    shards.get(shard).tell(new Ping(pod / shards.size()));
    return true;
  }

  /** Messages taken by all actors so far. */
  long taken() {
    return taken.stream().mapToLong(AtomicLong::get).sum();
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  /** Messages taken on one thread; seen by others a little later. */
  private static final class Counter {
    private static final int STEP = 64;

    private final AtomicLong shown;
    private long count;

    Counter(AtomicLong shown) {
      this.shown = shown;
    }

    void add() {
      if (++count % STEP == 0) {
        shown.lazySet(count);
      }
    }
  }

  private static final class Shard extends AbstractBehavior<Command> {
    private final Counter counter;
    private final AtomicInteger room;
    private final List<ActorRef<Command>> pods = new ArrayList<>();

    Shard(ActorContext<Command> context, Counter counter, AtomicInteger room) {
      super(context);
      this.counter = counter;
      this.room = room;
    }

    @Override
    public Receive<Command> createReceive() {
      return newReceiveBuilder().onMessage(Command.class, this::take).build();
    }

    private Behavior<Command> take(Command command) {
      switch (command) {
        case Ping ping -> {
          counter.add();
          room.decrementAndGet();
          pods.get(ping.pod()).tell(ping);
        }
        case Spawn spawn -> spawn(spawn);
      }
      return this;
    }

    private void spawn(Spawn spawn) {
      for (int pod = 0; pod < spawn.pods(); pod++) {
        pods.add(
            getContext()
                .spawnAnonymous(
                    Behaviors.setup(c -> new Pod(c, counter, spawn.containers())),
                    DispatcherSelector.sameAsParent()));
      }
      // The last pod's last container is born before this is taken.
      getContext()
          .spawnAnonymous(
              Behaviors.<Command>setup(c -> {
                spawn.done().countDown();
                return Behaviors.stopped();
              }),
              DispatcherSelector.sameAsParent());
    }
  }

  private static final class Pod extends AbstractBehavior<Command> {
    private final Counter counter;
    private final List<ActorRef<Command>> containers;

    Pod(ActorContext<Command> context, Counter counter, int count) {
      super(context);
      this.counter = counter;
      this.containers = new ArrayList<>(count);
      for (int c = 0; c < count; c++) {
        containers.add(
            context.spawnAnonymous(
                Behaviors.<Command>setup(own -> new Container(own, counter)),
                DispatcherSelector.sameAsParent()));
      }
    }

    @Override
    public Receive<Command> createReceive() {
      return newReceiveBuilder().onMessage(Command.class, this::take).build();
    }

    private Behavior<Command> take(Command command) {
      counter.add();
      containers.forEach(container -> container.tell(TO_CONTAINER));
      return this;
    }
  }

  private static final class Container extends AbstractBehavior<Command> {
    private final Counter counter;

    Container(ActorContext<Command> context, Counter counter) {
      super(context);
      this.counter = counter;
    }

    @Override
    public Receive<Command> createReceive() {
      return newReceiveBuilder().onMessage(Command.class, this::take).build();
    }

    private Behavior<Command> take(Command command) {
      counter.add();
      return this;
    }
  }
}
