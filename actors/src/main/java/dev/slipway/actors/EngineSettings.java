package dev.slipway.actors;

import dev.slipway.engine.probe.ProbeRules;
import dev.slipway.engine.profile.Profile;
import java.util.function.IntFunction;

/**
 * How an engine is built.
 *
 * @param shards how many there are; a shard is owned by one thread
 * @param threads how many threads share the shards, evenly
 * @param clock who advances time
 * @param profile which kubelet decides
 * @param runtimes makes the runtime of each pod
 * @param listeners the status listener of each shard
 * @param jitters start delay of probe workers, of each shard (rule P-020)
 */
public record EngineSettings(
    int shards,
    int threads,
    EngineClock clock,
    Profile profile,
    RuntimeFactory runtimes,
    IntFunction<StatusListener> listeners,
    IntFunction<ProbeRules.Jitter> jitters) {
  public EngineSettings {
    if (shards < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "an engine needs shards and threads: shards=" + shards + " threads=" + threads);
    }
  }

  /** One shard per thread, the default profile, nobody listens, no start delays. */
  public static EngineSettings of(int shards, EngineClock clock, RuntimeFactory runtimes) {
    return new EngineSettings(
        shards,
        shards,
        clock,
        Profile.K8S_1_37,
        runtimes,
        _ -> StatusListener.NONE,
        _ -> ProbeRules.Jitter.NONE);
  }

  public EngineSettings withThreads(int newThreads) {
    return new EngineSettings(shards, newThreads, clock, profile, runtimes, listeners, jitters);
  }

  public EngineSettings withProfile(Profile newProfile) {
    return new EngineSettings(shards, threads, clock, newProfile, runtimes, listeners, jitters);
  }

  public EngineSettings withListeners(IntFunction<StatusListener> newListeners) {
    return new EngineSettings(shards, threads, clock, profile, runtimes, newListeners, jitters);
  }

  public EngineSettings withJitters(IntFunction<ProbeRules.Jitter> newJitters) {
    return new EngineSettings(shards, threads, clock, profile, runtimes, listeners, newJitters);
  }
}
