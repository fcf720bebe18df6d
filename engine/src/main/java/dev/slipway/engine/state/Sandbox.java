package dev.slipway.engine.state;

import org.jspecify.annotations.Nullable;

/** A pod sandbox as the runtime reports it (rule L-015). */
public final class Sandbox {
  public final int attempt;
  public boolean ready;

  /** Null: the runtime reports no network; empty: a network without address. */
  public @Nullable String ip;

  public boolean hostNetwork;

  /** The sandbox before this one, if the runtime still knows it. */
  public @Nullable Sandbox older;

  public Sandbox(int attempt, boolean ready, @Nullable String ip, boolean hostNetwork) {
    this.attempt = attempt;
    this.ready = ready;
    this.ip = ip;
    this.hostNetwork = hostNetwork;
  }
}
