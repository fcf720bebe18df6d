package dev.slipway.actors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The engine on actors: the only public door. Builds the actor system, starts the shards, takes
 * commands, answers questions.
 */
public final class EngineSystem implements AutoCloseable {
  /**
   * A question is answered after the commands before it: seconds only if the shard is far behind.
   */
  private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

  /** A pod that fails while it is looked at does not answer. */
  private static final Duration INSPECTION_MAX = Duration.ofSeconds(5);

  /** The longest one advance of virtual time may take in real time. */
  private static final Duration ADVANCE_MAX = Duration.ofHours(24);

  /** Stopping a million actors takes some seconds. */
  private static final Duration STOP_MAX = Duration.ofMinutes(2);

  private final EngineSettings settings;
  private final List<CommandRoom> rooms;
  private final AtomicReference<Totals> image;
  private final ActorSystem<EngineGuardian.Command> system;
  private final EngineGuardian.Doors doors;

  private EngineSystem(
      EngineSettings settings,
      List<CommandRoom> rooms,
      AtomicReference<Totals> image,
      ActorSystem<EngineGuardian.Command> system,
      EngineGuardian.Doors doors) {
    this.settings = settings;
    this.rooms = rooms;
    this.image = image;
    this.system = system;
    this.doors = doors;
  }

  /** Starts an engine; it takes commands at once. */
  public static EngineSystem start(EngineSettings settings) {
    List<CommandRoom> rooms = Stream.generate(CommandRoom::new).limit(settings.shards()).toList();
    AtomicReference<Totals> image = new AtomicReference<>(Totals.NONE);
    CompletableFuture<EngineGuardian.Doors> opened = new CompletableFuture<>();
    ActorSystem<EngineGuardian.Command> system =
        ActorSystem.create(
            EngineGuardian.create(settings, rooms, image, opened),
            "slipway",
            Dispatchers.config(settings.threads()));
    system.getWhenTerminated().whenComplete((_, _) -> opened.cancel(false));
    return new EngineSystem(settings, rooms, image, system, opened.join());
  }

  public int shards() {
    return settings.shards();
  }

  /** For tests that do what nobody should. */
  ActorSystem<?> system() {
    return system;
  }

  /** The shard of a pod where nobody else says (a Kafka partition does). */
  public int shardOf(String uid) {
    return Math.floorMod(uid.hashCode(), settings.shards());
  }

  /**
   * Hands a command to a shard, which takes commands in the order they come. False: the shard has
   * more waiting than it may; the command was not taken, try again later. In virtual time the
   * passes a command asks for begin with the next {@link #advanceTo}.
   */
  public boolean submit(int shard, EngineCommand command) {
    if (!rooms.get(shard).take()) {
      return false;
    }
    doors.shards().get(shard).tell(new ShardActor.Submit(command));
    return true;
  }

  /**
   * Virtual time: delivers everything up to and including that time, in all shards. Commands
   * submitted after this call are taken at that time.
   */
  public CompletionStage<Void> advanceTo(long time) {
    if (settings.clock() instanceof EngineClock.Live) {
      throw new IllegalStateException("live time advances by itself");
    }
    return this.<Long>all(
            shard -> ask(shard, replyTo -> new ShardActor.AdvanceTo(time, replyTo), ADVANCE_MAX))
        .thenApply(_ -> null);
  }

  /** A row per pod object, in no order. */
  public CompletionStage<List<PodRow>> pods() {
    return this.<List<PodRow>>all(
            shard -> ask(shard, replyTo -> new ShardActor.ListPods(replyTo), ANSWER_MAX))
        .thenApply(lists -> lists.stream().flatMap(List::stream).toList());
  }

  /**
   * Shows a visitor every pod object of a shard as it is, in no order, in slices between the
   * shard's other work.
   */
  public CompletionStage<Void> scan(int shard, PodVisitor visitor) {
    return look(shard, PodLook.atAll(visitor));
  }

  /** Shows a visitor those of the pods that the shard has, in that order. */
  public CompletionStage<Void> visit(int shard, List<String> uids, PodVisitor visitor) {
    return look(shard, PodLook.at(List.copyOf(uids), visitor));
  }

  private CompletionStage<Void> look(int shard, PodLook look) {
    doors.shards().get(shard).tell(new ShardActor.Look(look));
    return look.done().orTimeout(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS);
  }

  /** Everything about one pod; empty if the shard has none of that uid, or gave it up. */
  public CompletionStage<Optional<PodInspection>> inspect(int shard, String uid) {
    Inspector inspector = new Inspector();
    doors.shards().get(shard).tell(new ShardActor.Inspect(uid, inspector));
    return inspector
        .found()
        .completeOnTimeout(Optional.empty(), INSPECTION_MAX.toSeconds(), TimeUnit.SECONDS);
  }

  /** The totals as last published, live some tenths of a second old; costs nothing. */
  public Totals totals() {
    return image.get();
  }

  /** The totals after everything submitted before this call was taken. */
  public CompletionStage<Totals> totalsNow() {
    return reports()
        .thenCompose(_ ->
            AskPattern.ask(
                doors.totals(),
                (ActorRef<Totals> replyTo) -> new TotalsActor.Get(replyTo),
                ANSWER_MAX,
                system.scheduler()));
  }

  /**
   * The time all shards have reached. Live, the distance to the clock tells how far the slowest is
   * behind.
   */
  public CompletionStage<Long> reached() {
    return reports().thenApply(Collections::min);
  }

  /**
   * How late deadlines reached their actors since the last call, in nanoseconds, of all shards
   * together; empty in virtual time. Each is held against its own time, so a pause counts for every
   * deadline that fell into it.
   */
  public CompletionStage<Histogram> timerLateness() {
    return this.<Histogram>all(
            shard -> ask(shard, replyTo -> new ShardActor.TakeLateness(replyTo), ANSWER_MAX))
        .thenApply(all -> {
          Histogram sum = Lateness.empty();
          all.forEach(sum::add);
          return sum;
        });
  }

  /** How many pods and deadlines the shards hold: what is left when pods have gone. */
  public CompletionStage<ShardSize> size() {
    return this.<ShardSize>all(
            shard -> ask(shard, replyTo -> new ShardActor.Count(replyTo), ANSWER_MAX))
        .thenApply(all -> all.stream().reduce(ShardSize.NONE, ShardSize::plus));
  }

  private CompletionStage<List<Long>> reports() {
    return all(shard -> ask(shard, replyTo -> new ShardActor.Report(replyTo), ANSWER_MAX));
  }

  /**
   * Stops in order: every shard takes what it was sent before, its pods take what is under way, and
   * stop where they are. {@link #totals} is final then.
   */
  public CompletionStage<Void> stop() {
    system.tell(EngineGuardian.STOP);
    return system.getWhenTerminated().thenApply(_ -> null);
  }

  /** {@link #stop} and waits for it. */
  @Override
  public void close() {
    CompletableFuture<Void> stopped = stop().toCompletableFuture();
    try {
      stopped.orTimeout(STOP_MAX.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      system.terminate();
      throw new IllegalStateException("the actors did not stop within " + STOP_MAX, e);
    }
  }

  private <A> CompletionStage<A> ask(
      ActorRef<ShardActor.Command> shard,
      Function<ActorRef<A>, ShardActor.Command> question,
      Duration max) {
    return AskPattern.ask(shard, question::apply, max, system.scheduler());
  }

  private <A> CompletionStage<List<A>> all(
      Function<ActorRef<ShardActor.Command>, CompletionStage<A>> question) {
    List<CompletableFuture<A>> answers = new ArrayList<>();
    for (ActorRef<ShardActor.Command> shard : doors.shards()) {
      answers.add(question.apply(shard).toCompletableFuture());
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(_ -> answers.stream().map(CompletableFuture::join).toList());
  }
}
