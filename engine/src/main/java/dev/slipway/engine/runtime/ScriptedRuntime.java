package dev.slipway.engine.runtime;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.event.ContainerEvent;
import dev.slipway.engine.event.ContainerEvent.Hook;
import dev.slipway.engine.event.ContainerEvent.Outcome;
import dev.slipway.engine.event.PodEvent;
import dev.slipway.engine.runtime.ContainerScript.HookScript;
import dev.slipway.engine.runtime.ContainerScript.ProbeScript;
import dev.slipway.engine.runtime.ContainerScript.Run;
import dev.slipway.engine.runtime.RuntimeLog.Op;
import dev.slipway.engine.state.Amounts;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.ResizeActions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runtime of one pod as scripts say: a function of the orders it gets and their times, nothing
 * else.
 */
public final class ScriptedRuntime implements PodRuntime {
  private static final int SANDBOX_READY = 0;
  private static final int SANDBOX_STOPPED = 1;
  private static final int PULLED = 2;
  private static final int CREATED = 3;
  private static final int STARTED = 4;
  private static final int EXIT = 5;
  private static final int STOPPED = 6;
  private static final int KILL = 7;
  private static final int POST_START_DONE = 8;
  private static final int PRE_STOP_DONE = 9;
  private static final int POST_START_CUT = 10;
  private static final int PRE_STOP_CUT = 11;
  private static final int PROBE_DONE = 12;

  /** Exit code and reason of a process that could not be started (rule L-201). */
  private static final int START_ERROR_EXIT = 128;

  private static final int KILLED = 137;

  /** Of the pod, by attempt. */
  private static final String[] ADDRESSES =
      IntStream.range(0, 256).mapToObj(attempt -> "10.0." + attempt + ".1").toArray(String[]::new);

  private static final String[] NO_IMAGES = {};

  private static final ProbeType[] PROBE_TYPES = ProbeType.values();

  /** One container in the runtime; there are millions, so it holds what all of them need. */
  private static final class Box {
    long startedAt = Times.NONE;
    int starts;
    int recordId;
    int attempt;
    boolean alive;

    /** The runtime has a record of {@link #recordId}. */
    boolean known;

    /** The image the pod's shape names for it was pulled. */
    boolean pulled;
  }

  private final SandboxScript sandbox;
  private final RuntimeLog log;

  /**
   * A probe that times out ends in an error, as with a runtime that reports its own deadline (rule
   * P-074d).
   */
  private final boolean timeoutIsError;

  /** Images pulled that the shape names no more. */
  private String[] earlier = NO_IMAGES;

  private PodShape shape;
  private List<ContainerScript> scripts;
  private Box[] boxes;
  private @Nullable Matter matters;

  /** Probes in progress, null if none is. */
  private @Nullable Execution executing;

  private int sandboxAttempt = -1;
  private int sandboxTries;

  /** Hooks and probes so far, by which they are told apart. */
  private int runs;

  public ScriptedRuntime(
      PodShape shape, SandboxScript sandbox, List<ContainerScript> scripts, RuntimeLog log) {
    this(shape, sandbox, scripts, log, false);
  }

  /**
   * A runtime.
   *
   * @param timeoutIsError a probe that times out ends in an error (P-074d), not in a failure
   *     (P-074c)
   */
  public ScriptedRuntime(
      PodShape shape,
      SandboxScript sandbox,
      List<ContainerScript> scripts,
      RuntimeLog log,
      boolean timeoutIsError) {
    this.timeoutIsError = timeoutIsError;
    this.shape = shape;
    this.sandbox = sandbox;
    this.log = log;
    this.scripts = List.copyOf(scripts);
    this.boxes = Stream.generate(Box::new).limit(scripts.size()).toArray(Box[]::new);
  }

  /** How many containers it runs. */
  public int containers() {
    return boxes.length;
  }

  /** The pod's spec changed; containers beyond the ones there were get the scripts given. */
  public void reshape(PodShape newShape, List<ContainerScript> added) {
    keepImages(newShape);
    shape = newShape;
    int had = boxes.length;
    if (had < newShape.count) {
      List<ContainerScript> all = new ArrayList<>(scripts);
      all.addAll(added.subList(0, newShape.count - had));
      scripts = List.copyOf(all);
    }
    boxes = Arrays.copyOf(boxes, newShape.count);
    for (int c = had; c < newShape.count; c++) {
      boxes[c] = new Box();
    }
  }

  /** The matter of that container, null if there is none. */
  private @Nullable Matter matter(int container) {
    return Matter.find(matters, container);
  }

  /** The matter of that container, made if there is none. */
  private Matter openMatter(int container) {
    Matter matter = matter(container);
    if (matter == null) {
      matter = new Matter(container, matters);
      matters = matter;
    }
    return matter;
  }

  /** Lets a matter go that is over. */
  private void close(Matter matter) {
    if (matter.over()) {
      matters = Matter.without(matters, matter);
    }
  }

  // Sandbox and image.

  @Override
  public void createSandbox(int attempt, long now, Answers out) {
    log.note(Op.RUN_SANDBOX, -1, attempt, 0, "");
    out.wake(new RuntimeWake(-1, SANDBOX_READY, attempt), now + sandbox.create());
  }

  @Override
  public void stopSandbox(int attempt, long now, Answers out) {
    log.note(Op.STOP_SANDBOX, -1, attempt, 0, "");
    out.wake(new RuntimeWake(-1, SANDBOX_STOPPED, attempt), now + sandbox.stop());
  }

  @Override
  public void inspectImage(int container, String image, long now, Answers out) {
    boolean there = isPresent(image);
    out.pod(new PodEvent.ImageInspected(container, there));
  }

  @Override
  public void pullImage(int container, String image, long now, Answers out) {
    if (isPresent(image)) {
      out.pod(new PodEvent.ImagePulled(container));
      return;
    }
    log.note(Op.PULL, container, 0, 0, image);
    openMatter(container).pulling = image;
    out.wake(new RuntimeWake(container, PULLED, 0), now + scripts.get(container).pull());
  }

  private boolean isPresent(String image) {
    for (int c = 0; c < boxes.length; c++) {
      if (boxes[c].pulled && shape.container(c).image().equals(image)) {
        return true;
      }
    }
    for (String one : earlier) {
      if (one.equals(image)) {
        return true;
      }
    }
    return false;
  }

  /** Images of a shape stay when the shape goes. */
  private void keepImages(PodShape newShape) {
    for (int c = 0; c < boxes.length; c++) {
      String image = boxes[c].pulled ? shape.container(c).image() : "";
      boolean stays = c < newShape.count && newShape.container(c).image().equals(image);
      if (boxes[c].pulled && !stays) {
        boxes[c].pulled = false;
        keep(image);
      }
    }
  }

  private void keep(String image) {
    earlier = Arrays.copyOf(earlier, earlier.length + 1);
    earlier[earlier.length - 1] = image;
  }

  private void pulled(int container, Answers out) {
    int fails = scripts.get(container).pullFails();
    Matter matter = openMatter(container);
    boolean ok = fails == 0 || matter.pulls++ >= fails;
    String image = matter.pulling;
    log.note(Op.PULLED, container, 0, ok ? 1 : 0, "");
    if (ok) {
      if (shape.container(container).image().equals(image)) {
        boxes[container].pulled = true;
      } else if (!image.isEmpty() && !isPresent(image)) {
        keep(image);
      }
      matter.pulling = "";
      close(matter);
      out.pod(new PodEvent.ImagePulled(container));
    } else {
      out.pod(new PodEvent.ImagePullFailed(container, "ErrImagePull", "no such image"));
    }
  }

  private void sandboxReady(int attempt, Answers out) {
    if (sandboxTries++ < sandbox.fails()) {
      log.note(Op.SANDBOX_FAILED, -1, attempt, 0, "");
      out.pod(new PodEvent.SandboxFailed(attempt, "sandbox could not be created"));
      return;
    }
    sandboxAttempt = attempt;
    log.note(Op.SANDBOX_READY, -1, attempt, 0, "");
    out.pod(new PodEvent.SandboxReady(attempt, ADDRESSES[attempt & 255]));
  }

  // Start.

  @Override
  public void createContainer(int container, int recordId, int attempt, long now, Answers out) {
    Box box = boxes[container];
    box.recordId = recordId;
    box.attempt = attempt;
    box.alive = false;
    box.known = false;
    Matter matter = matter(container);
    if (matter != null && matter.createsToCome > 0) {
      matter.createsToCome--;
      close(matter);
      out.container(
          container,
          new ContainerEvent.CreateFailed("CreateContainerError", "the runtime does not answer"));
      return;
    }
    log.note(Op.CREATE, container, attempt, 0, "");
    out.wake(new RuntimeWake(container, CREATED, recordId), now + scripts.get(container).create());
  }

  @Override
  public void startProcess(int container, long now, Answers out) {
    Box box = boxes[container];
    out.wake(
        new RuntimeWake(container, STARTED, box.recordId), now + scripts.get(container).start());
  }

  private void started(int container, int recordId, long now, Answers out) {
    Box box = boxes[container];
    if (box.recordId != recordId) {
      return;
    }
    if (!box.known) {
      log.note(Op.START_FAILED, container, box.attempt, START_ERROR_EXIT, "StartError");
      out.container(
          container, new ContainerEvent.StartFailed(START_ERROR_EXIT, "StartError", "no record"));
      return;
    }
    int startErrors = scripts.get(container).startErrors();
    if (startErrors > 0 && openMatter(container).failedStarts < startErrors) {
      openMatter(container).failedStarts++;
      log.note(Op.START_FAILED, container, box.attempt, START_ERROR_EXIT, "StartError");
      out.container(
          container,
          new ContainerEvent.StartFailed(START_ERROR_EXIT, "StartError", "failed to start"));
      return;
    }
    box.alive = true;
    box.startedAt = now;
    Run run = run(container);
    box.starts++;
    log.note(Op.STARTED, container, box.attempt, 0, "");
    out.container(container, ContainerEvent.STARTED);
    if (run.duration() >= 0) {
      out.wake(new RuntimeWake(container, EXIT, recordId), now + run.duration());
    }
  }

  private Run run(int container) {
    List<Run> lives = scripts.get(container).runs();
    return lives.get(Math.min(boxes[container].starts, lives.size() - 1));
  }

  private Run lastRun(int container) {
    List<Run> lives = scripts.get(container).runs();
    return lives.get(Math.min(boxes[container].starts - 1, lives.size() - 1));
  }

  // Exit and stop.

  /** The process is gone: what was going on in it fails at this moment. */
  private void exit(int container, int exitCode, String reason, long now, Answers out) {
    Box box = boxes[container];
    box.alive = false;
    log.note(Op.EXITED, container, box.attempt, exitCode, reason);
    cutHooks(container, now, out);
    cutProbes(container, now, out);
    out.container(container, new ContainerEvent.Exited(box.recordId, exitCode, reason, ""));
  }

  /** Exec hooks end with their container; whoever waits for the exit hears of it first. */
  private void cutHooks(int container, long now, Answers out) {
    Matter matter = matter(container);
    if (matter == null) {
      return;
    }
    ContainerSpec spec = shape.container(container);
    if (matter.postStartRuns && !(spec.postStart() instanceof Handler.Sleep)) {
      out.wake(new RuntimeWake(container, POST_START_CUT, matter.hookRun), now);
    }
    if (matter.preStopRuns && !(spec.preStop() instanceof Handler.Sleep)) {
      out.wake(new RuntimeWake(container, PRE_STOP_CUT, matter.hookRun), now);
    }
  }

  /** A probe that ends in the very instant of the exit has its answer. */
  private void cutProbes(int container, long now, Answers out) {
    for (ProbeType type : PROBE_TYPES) {
      Execution execution = executing(container, type);
      if (execution != null && execution.ends == now) {
        probeDue(container, type, execution.number, out);
      } else if (execution != null) {
        executed(execution);
        out.container(
            container, new ContainerEvent.ProbeDone(type, Outcome.ERROR, "container exited"));
      }
    }
  }

  @Override
  public void stopProcess(int container, long graceSeconds, long now, Answers out) {
    Box box = boxes[container];
    log.note(Op.STOP, container, box.attempt, graceSeconds, "");
    Matter matter = matter(container);
    if (matter != null && matter.stopsToCome > 0) {
      matter.stopsToCome--;
      close(matter);
      out.container(container, new ContainerEvent.StopFailed("the runtime does not answer"));
      return;
    }
    if (!box.alive) {
      out.container(container, ContainerEvent.STOP_RETURNED);
      return;
    }
    long grace = graceSeconds * Times.SECOND;
    long stop = scripts.get(container).stop();
    boolean obeys = stop >= 0 && stop < grace;
    out.wake(
        new RuntimeWake(container, obeys ? STOPPED : KILL, box.recordId),
        now + (obeys ? stop : grace));
  }

  /** The process of a container dies from outside; false if it does not run. */
  public boolean kill(int container, int exitCode, long now, Answers out) {
    return end(container, exitCode, "Error", now, out);
  }

  /** The process of a container ends by itself; false if it does not run. */
  public boolean end(int container, int exitCode, String reason, long now, Answers out) {
    if (!boxes[container].alive) {
      return false;
    }
    exit(container, exitCode, reason, now, out);
    return true;
  }

  /** The process of a container is killed for want of memory; false if it does not run. */
  public boolean killForMemory(int container, long now, Answers out) {
    if (!boxes[container].alive) {
      return false;
    }
    exit(container, KILLED, "OOMKilled", now, out);
    return true;
  }

  /** The next stop calls of a container fail. */
  public void failStops(int container, int calls) {
    openMatter(container).stopsToCome = calls;
  }

  /** The next containers cannot be made. */
  public void failCreates(int container, int calls) {
    openMatter(container).createsToCome = calls;
  }

  /**
   * The runtime loses track of a container; false if there is none.
   *
   * @param dies the process is gone and nobody ever hears of its end, else it lives on
   */
  public boolean loseTrack(int container, boolean dies, long now, Answers out) {
    Box box = boxes[container];
    if (!box.known) {
      return false;
    }
    out.container(container, new ContainerEvent.Unknown(box.recordId));
    if (dies && box.alive) {
      diesUnseen(container, box, now, out);
      out.container(container, ContainerEvent.STOP_RETURNED);
    }
    return true;
  }

  private void diesUnseen(int container, Box box, long now, Answers out) {
    box.alive = false;
    log.note(Op.EXITED, container, box.attempt, KILLED, "");
    cutHooks(container, now, out);
    cutProbes(container, now, out);
  }

  /** A container vanishes from the runtime, its process with it; false if there is none. */
  public boolean loseRecord(int container, long now, Answers out) {
    Box box = boxes[container];
    if (!box.known) {
      return false;
    }
    box.known = false;
    if (box.alive) {
      diesUnseen(container, box, now, out);
    }
    out.container(container, new ContainerEvent.Gone(box.recordId));
    return true;
  }

  /** The sandbox dies and everything in it; false if there is none. */
  public boolean killSandbox(long now, Answers out) {
    if (sandboxAttempt < 0) {
      return false;
    }
    out.pod(new PodEvent.SandboxLost(sandboxAttempt));
    sandboxAttempt = -1;
    for (int c = 0; c < boxes.length; c++) {
      kill(c, KILLED, now, out);
    }
    return true;
  }

  // Hooks.

  @Override
  public void runHook(int container, Hook hook, long now, Answers out) {
    Box box = boxes[container];
    ContainerSpec spec = shape.container(container);
    boolean post = hook == Hook.POST_START;
    Handler handler = post ? spec.postStart() : spec.preStop();
    if (handler instanceof Handler.Sleep sleep) {
      int run = begin(container, hook);
      out.wake(
          new RuntimeWake(container, post ? POST_START_DONE : PRE_STOP_DONE, run),
          now + Math.max(0, sleep.seconds()) * Times.SECOND);
      return;
    }
    HookScript script = script(container, hook);
    if (!box.alive) {
      out.container(container, new ContainerEvent.HookDone(hook, false, "container not running"));
      return;
    }
    log.note(post ? Op.POST_START : Op.PRE_STOP, container, box.attempt, 0, "");
    int run = begin(container, hook);
    long duration = script == null ? 0 : script.duration();
    if (duration >= 0) {
      out.wake(
          new RuntimeWake(container, post ? POST_START_DONE : PRE_STOP_DONE, run), now + duration);
    }
  }

  private @Nullable HookScript script(int container, Hook hook) {
    ContainerScript script = scripts.get(container);
    return hook == Hook.POST_START ? script.postStart() : script.preStop();
  }

  /** The number of the run that begins. */
  private int begin(int container, Hook hook) {
    Matter matter = openMatter(container);
    matter.hookRun = ++runs;
    matter.postStartRuns |= hook == Hook.POST_START;
    matter.preStopRuns |= hook == Hook.PRE_STOP;
    return matter.hookRun;
  }

  private void hookDue(int container, Hook hook, int run, boolean cut, Answers out) {
    Matter matter = matter(container);
    if (matter == null) {
      return;
    }
    boolean goesOn = hook == Hook.POST_START ? matter.postStartRuns : matter.preStopRuns;
    if (goesOn && matter.hookRun == run) {
      HookScript script = script(container, hook);
      hookOver(matter, hook, !cut && (script == null || script.success()), out);
    }
  }

  private void hookOver(Matter matter, Hook hook, boolean success, Answers out) {
    int container = matter.container;
    boolean post = hook == Hook.POST_START;
    if (post) {
      matter.postStartRuns = false;
    } else {
      matter.preStopRuns = false;
    }
    close(matter);
    ContainerSpec spec = shape.container(container);
    if (!((post ? spec.postStart() : spec.preStop()) instanceof Handler.Sleep)) {
      log.note(
          post ? Op.POST_START_DONE : Op.PRE_STOP_DONE,
          container,
          boxes[container].attempt,
          success ? 1 : 0,
          "");
    }
    out.container(
        container, new ContainerEvent.HookDone(hook, success, success ? "" : "hook failed"));
  }

  // Probes.

  /** The probe of that type in progress, null if there is none. */
  private @Nullable Execution executing(int container, ProbeType type) {
    return Execution.find(executing, container, type);
  }

  /** That probe is over. */
  private void executed(Execution over) {
    executing = Execution.without(executing, over);
  }

  @Override
  public void execProbe(int container, int recordId, ProbeType type, long now, Answers out) {
    Box box = boxes[container];
    if (!box.alive || box.recordId != recordId) {
      out.container(
          container, new ContainerEvent.ProbeDone(type, Outcome.ERROR, "container not running"));
      return;
    }
    ProbeScript script = probe(container, type, now);
    boolean late = script != null && script.duration() >= timeout(container, type);
    boolean success = (script == null || script.success()) && !late;
    log.note(Op.PROBE, container, box.attempt, late ? -1 : success ? 1 : 0, type.text());
    long duration = script == null ? 0 : Math.min(script.duration(), timeout(container, type));
    int answer = success ? 1 : late && timeoutIsError ? 2 : 0;
    int number = ++runs << 2 | answer;
    Execution running = executing(container, type);
    if (running != null) {
      executed(running);
    }
    executing = new Execution(container, type, number, now + duration, executing);
    out.wake(new RuntimeWake(container, PROBE_DONE + type.ordinal(), number), now + duration);
  }

  private long timeout(int container, ProbeType type) {
    ProbeSpec spec = shape.container(container).probe(type);
    return (spec == null ? 1 : spec.timeoutSeconds()) * Times.SECOND;
  }

  private @Nullable ProbeScript probe(int container, ProbeType type, long now) {
    ContainerScript own = scripts.get(container);
    List<ProbeScript> outcomes =
        switch (type) {
          case STARTUP -> own.startup();
          case LIVENESS -> own.liveness();
          case READINESS -> own.readiness();
        };
    ProbeScript found = null;
    for (ProbeScript script : outcomes) {
      if (script.from() <= now - boxes[container].startedAt) {
        found = script;
      }
    }
    return found;
  }

  private void probeDue(int container, ProbeType type, int number, Answers out) {
    Execution execution = executing(container, type);
    if (execution != null && execution.number == number) {
      executed(execution);
      ContainerEvent.ProbeDone answer =
          switch (number & 3) {
            case 1 -> new ContainerEvent.ProbeDone(type, Outcome.SUCCESS, "");
            case 2 -> new ContainerEvent.ProbeDone(type, Outcome.ERROR, "probe timed out");
            default -> new ContainerEvent.ProbeDone(type, Outcome.FAILURE, "probe failed");
          };
      out.container(container, answer);
    }
  }

  @Override
  public void removeRecord(int container, int recordId, long now) {
    Box box = boxes[container];
    box.known &= box.recordId != recordId;
  }

  // Resources.

  @Override
  public void measureMemory(long now, Answers out) {
    List<Long> used = new ArrayList<>();
    long pod = 0;
    for (int c = 0; c < boxes.length; c++) {
      long bytes = boxes[c].alive ? scripts.get(c).memory() : 0;
      used.add(bytes);
      pod = pod < 0 || bytes < 0 ? -1 : pod + bytes;
    }
    out.pod(new PodEvent.MemoryMeasured(used, pod));
  }

  @Override
  public void updateResources(
      int container,
      int recordId,
      ResizeActions.Kind kind,
      Amounts amounts,
      long now,
      Answers out) {
    log.note(
        Op.UPDATE, container, container < 0 ? 0 : boxes[container].attempt, 0, text(kind, amounts));
    out.pod(new PodEvent.ResourcesUpdated(container, ""));
  }

  private static String text(ResizeActions.Kind kind, Amounts amounts) {
    return switch (kind) {
      case MEMORY ->
          "memory request " + amounts.memoryRequest() + " limit " + amounts.memoryLimit();
      case CPU -> "cpu request " + amounts.cpuRequest() + " limit " + amounts.cpuLimit();
    };
  }

  @Override
  public void woken(RuntimeWake wake, long now, Answers out) {
    int c = wake.container();
    switch (wake.kind()) {
      case SANDBOX_READY -> sandboxReady(wake.instance(), out);
      case SANDBOX_STOPPED -> sandboxStopped(wake.instance(), now, out);
      case PULLED -> pulled(c, out);
      case CREATED -> {
        boxes[c].known |= boxes[c].recordId == wake.instance();
        out.container(c, ContainerEvent.CREATED);
      }
      case STARTED -> started(c, wake.instance(), now, out);
      case EXIT -> {
        if (lives(c, wake.instance())) {
          Run run = lastRun(c);
          exit(c, run.exitCode(), run.exitReason(), now, out);
        }
      }
      case STOPPED -> {
        if (lives(c, wake.instance())) {
          int code = scripts.get(c).stopExit();
          exit(c, code, ContainerScript.reasonOf(code), now, out);
        }
      }
      case KILL -> {
        if (lives(c, wake.instance())) {
          log.note(Op.KILL, c, boxes[c].attempt, 0, "");
          exit(c, KILLED, "Error", now, out);
        }
      }
      case POST_START_DONE -> hookDue(c, Hook.POST_START, wake.instance(), false, out);
      case PRE_STOP_DONE -> hookDue(c, Hook.PRE_STOP, wake.instance(), false, out);
      case POST_START_CUT -> hookDue(c, Hook.POST_START, wake.instance(), true, out);
      case PRE_STOP_CUT -> hookDue(c, Hook.PRE_STOP, wake.instance(), true, out);
      default -> probeDue(c, PROBE_TYPES[wake.kind() - PROBE_DONE], wake.instance(), out);
    }
  }

  /** Whatever still lives in the sandbox ends with it. */
  private void sandboxStopped(int attempt, long now, Answers out) {
    if (sandboxAttempt == attempt) {
      sandboxAttempt = -1;
      for (int c = 0; c < boxes.length; c++) {
        kill(c, KILLED, now, out);
      }
    }
    out.pod(new PodEvent.SandboxStopped(attempt));
  }

  private boolean lives(int container, int recordId) {
    Box box = boxes[container];
    return box.alive && box.recordId == recordId;
  }
}
