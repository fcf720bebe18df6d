package dev.slipway.tests;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.actors.EngineClock;
import dev.slipway.actors.EngineCommand;
import dev.slipway.actors.EngineSettings;
import dev.slipway.actors.EngineSystem;
import dev.slipway.actors.PodRow;
import dev.slipway.actors.RuntimeFactory;
import dev.slipway.actors.StatusListener;
import dev.slipway.actors.Totals;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.runtime.PodRuntime;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.ingest.behavior.BehaviorReader;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ops.serve.ModelRuntimes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A runtime that breaks inside a pod at any moment of its life: the pod ends as the rules say, the
 * others do not notice. {@code -DargLine=-Dslipway.test.seed=N} takes other moments.
 */
final class FailureTest {
  private static final long SEED = Long.getLong("slipway.test.seed", 1);
  private static final int ROUNDS = 60;
  private static final int SHARDS = 2;
  private static final long DELETE_AT = 20 * Times.SECOND;
  private static final long END = 300 * Times.SECOND;

  /** No pod's life makes more calls than this before it is where it stays. */
  private static final int CALLS_MAX = 40;

  private static final Map<String, String> ENDS =
      Map.of(
          "forever", "Running ready=true 3/3",
          "ends", "Succeeded ready=false 0/2",
          "fails", "Failed ready=false 0/2",
          "again", "Succeeded ready=false 0/1",
          "deleted", "gone");

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.slipway.actors.ShardActor");

  @BeforeEach
  void listenToTheLog() {
    logged.start();
    logger.setAdditive(false);
    logger.addAppender(logged);
  }

  @AfterEach
  void leaveTheLog() {
    logger.detachAppender(logged);
    logger.setAdditive(true);
  }

  /** When a pod's runtime breaks: at so many calls, with an exception or with an error. */
  private record Plan(int calls, boolean error) {
    void breakNow(String what) {
      if (error) {
        throw new AssertionError("broken on purpose at " + what);
      }
      throw new IllegalStateException("broken on purpose at " + what);
    }
  }

  private record Run(Map<String, String> ends, Map<String, List<String>> lives, Totals totals) {}

  private static InputStream open(String name) {
    return java.util.Objects.requireNonNull(
        FailureTest.class.getResourceAsStream("/failure/" + name));
  }

  private static List<PodSource> sources() throws IOException {
    try (InputStream bytes = open("pods.yaml")) {
      var result = ManifestReader.strict().read("pods.yaml", bytes);
      assertThat(result.problems()).isEmpty();
      return result.pods();
    }
  }

  private static RuntimeFactory models() throws IOException {
    try (InputStream bytes = open("behavior.yaml")) {
      String text = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
      BehaviorReader.Result result = BehaviorReader.read("behavior.yaml", text);
      assertThat(result.problems()).isEmpty();
      return new ModelRuntimes(Behavior.DEFAULT.with(result.rules()), SEED);
    }
  }

  private static <A> A get(CompletionStage<A> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /**
   * All kinds of pods, many times over; those of the plan break, at {@code broke} is noted where.
   */
  private static Run run(Map<String, Plan> plans, Set<String> broke) throws Exception {
    RuntimeFactory models = models();
    Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    RuntimeFactory runtimes =
        (meta, shape) -> {
          PodRuntime model = models.create(meta, shape);
          Plan plan = plans.get(meta.name());
          AtomicInteger called = calls.computeIfAbsent(meta.name(), _ -> new AtomicInteger());
          return plan == null
              ? model
              : new FaultyRuntime(
                  model,
                  what -> {
                    if (called.incrementAndGet() == plan.calls) {
                      broke.add(meta.name() + " " + what);
                      plan.breakNow(what);
                    }
                  });
        };
    Map<String, List<String>> lives = new ConcurrentHashMap<>();
    EngineSettings settings =
        EngineSettings.of(SHARDS, EngineClock.virtual(0), runtimes)
            .withListeners(_ -> new Lives(lives));
    try (EngineSystem engine = EngineSystem.start(settings)) {
      for (PodSource source : sources()) {
        PodSpec spec = source.pod().spec();
        for (int round = 0; round < ROUNDS; round++) {
          submit(engine, new EngineCommand.Create(meta(source, round), onNode(spec)));
        }
      }
      get(engine.advanceTo(DELETE_AT));
      for (int round = 0; round < ROUNDS; round++) {
        submit(engine, new EngineCommand.Delete("uid-deleted-" + round, null));
      }
      get(engine.advanceTo(END));
      Map<String, String> ends = new TreeMap<>();
      for (PodRow row : get(engine.pods())) {
        ends.put(
            row.meta().name(),
            "%s ready=%s %d/%d"
                .formatted(
                    row.phase().text(), row.ready(), row.readyContainers(), row.containers()));
      }
      return new Run(ends, lives, get(engine.totalsNow()));
    }
  }

  private static ObjectMeta meta(PodSource source, int round) {
    String name = source.name() + "-" + round;
    return ObjectMeta.of(source.namespace(), name, "uid-" + name);
  }

  private static PodShape onNode(PodSpec spec) {
    return PodShape.of(
        new PodSpec(
            spec.restartPolicy(),
            spec.terminationGracePeriodSeconds(),
            spec.activeDeadlineSeconds(),
            spec.hostNetwork(),
            "node-1",
            spec.readinessGates(),
            spec.initContainers(),
            spec.containers(),
            spec.ephemeralContainers(),
            spec.resources(),
            spec.overhead(),
            spec.priority(),
            spec.priorityClassName()));
  }

  private static void submit(EngineSystem engine, EngineCommand command) {
    assertThat(engine.submit(engine.shardOf(command.uid()), command)).isTrue();
  }

  /** What a list of pods showed of each, with the times. */
  private record Lives(Map<String, List<String>> lines) implements StatusListener {
    @Override
    public void transition(PodState pod, PodRow before, PodRow after, long now) {
      String line =
          now
              + " "
              + after.phase()
              + " "
              + after.ready()
              + " "
              + after.readyContainers()
              + " "
              + after.restarts();
      lines.computeIfAbsent(after.meta().name(), _ -> new ArrayList<>()).add(line);
    }

    @Override
    public void removed(ObjectMeta pod, long now) {
      lines.computeIfAbsent(pod.name(), _ -> new ArrayList<>()).add(now + " removed");
    }
  }

  private static String kind(String name) {
    return name.substring(0, name.lastIndexOf('-'));
  }

  private static Map<String, String> expectedEnds() {
    Map<String, String> ends = new TreeMap<>();
    ENDS.forEach((kind, end) -> {
      for (int round = 0; round < ROUNDS && !end.equals("gone"); round++) {
        ends.put(kind + "-" + round, end);
      }
    });
    return ends;
  }

  @Test
  void podsThatBreakAtAnyMomentEndAsTheRulesSayAndOthersDoNotNotice() throws Exception {
    Run quiet = run(Map.of(), Set.of());
    assertThat(quiet.ends).isEqualTo(expectedEnds());
    Map<String, Plan> plans = new HashMap<>();
    SplittableRandom random = new SplittableRandom(SEED);
    for (String kind : new TreeSet<>(ENDS.keySet())) {
      for (int round = 0; round < ROUNDS; round += 2) {
        plans.put(
            kind + "-" + round, new Plan(1 + random.nextInt(CALLS_MAX), random.nextBoolean()));
      }
    }
    Set<String> broke = ConcurrentHashMap.newKeySet();
    Run disturbed = run(plans, broke);
    assertThat(disturbed.ends).as("seed %s, plans %s", SEED, plans).isEqualTo(expectedEnds());
    // every moment of a life was hit: start, probing, stop
    assertThat(broke.stream().map(b -> b.substring(b.indexOf(' ') + 1)).collect(Collectors.toSet()))
        .contains(
            "createSandbox", "pullImage", "startProcess", "execProbe", "stopProcess", "woken");
    assertThat(disturbed.totals.rebuilt()).isEqualTo(broke.size());
    assertThat(disturbed.totals.abandoned()).isZero();
    assertThat(disturbed.totals.created()).isEqualTo(quiet.totals.created());
    assertThat(disturbed.totals.deleted()).isEqualTo(quiet.totals.deleted());
    quiet.lives.forEach((name, life) -> {
      if (!plans.containsKey(name)) {
        assertThat(disturbed.lives.get(name)).as(name).isEqualTo(life);
      }
    });
    String log =
        logged.list.stream()
            .map(ILoggingEvent::getFormattedMessage)
            .collect(Collectors.joining(" "));
    broke.forEach(
        b -> assertThat(log).contains("pod=test/" + b.substring(0, b.indexOf(' ')) + " "));
    assertThat(broke.stream().map(b -> kind(b.substring(0, b.indexOf(' '))))).contains("deleted");
  }

  @Test
  void listenerThatThrowsAtRandomChangesNoPod() throws Exception {
    Run quiet = run(Map.of(), Set.of());
    RuntimeFactory models = models();
    Map<String, List<String>> lives = new ConcurrentHashMap<>();
    AtomicInteger thrown = new AtomicInteger();
    EngineSettings settings =
        EngineSettings.of(SHARDS, EngineClock.virtual(0), models)
            .withListeners(shard ->
                new Throwing(new Lives(lives), new SplittableRandom(SEED + shard), thrown));
    try (EngineSystem engine = EngineSystem.start(settings)) {
      for (PodSource source : sources()) {
        for (int round = 0; round < ROUNDS; round++) {
          submit(
              engine, new EngineCommand.Create(meta(source, round), onNode(source.pod().spec())));
        }
      }
      get(engine.advanceTo(DELETE_AT));
      for (int round = 0; round < ROUNDS; round++) {
        submit(engine, new EngineCommand.Delete("uid-deleted-" + round, null));
      }
      get(engine.advanceTo(END));
      Totals totals = get(engine.totalsNow());
      assertThat(thrown.get()).isPositive();
      assertThat(totals.listenerFailures()).isEqualTo(thrown.get());
      assertThat(totals.rebuilt()).isZero();
    }
    assertThat(lives).isEqualTo(quiet.lives);
  }

  /** Hands on, then throws now and then. */
  private record Throwing(StatusListener to, SplittableRandom random, AtomicInteger thrown)
      implements StatusListener {
    private void maybe() {
      if (random.nextInt(4) == 0) {
        thrown.incrementAndGet();
        throw new IllegalStateException("broken on purpose");
      }
    }

    @Override
    public void transition(PodState pod, PodRow before, PodRow after, long now) {
      to.transition(pod, before, after, now);
      maybe();
    }

    @Override
    public void removed(ObjectMeta pod, long now) {
      to.removed(pod, now);
      maybe();
    }

    @Override
    public void status(PodState pod, long now) {
      maybe();
    }

    @Override
    public void event(
        ObjectMeta pod, String container, String type, String reason, String message, long now) {
      maybe();
    }
  }
}
