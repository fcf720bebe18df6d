package dev.slipway.ops.replay;

import dev.slipway.engine.api.Times;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Tells how far a run is and, if asked to, holds it back to a multiple of real time. */
final class Pacer {
  private final Scenario scenario;
  private final double factor;
  private final Consumer<String> progress;
  private final long began = System.nanoTime();
  private long told = began;

  Pacer(Scenario scenario, double factor, Consumer<String> progress) {
    this.scenario = scenario;
    this.factor = factor;
    this.progress = progress;
  }

  void reached(long now) {
    long virtual = now - scenario.start();
    if (factor > 0) {
      long due = began + (long) (virtual / factor);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(Math.min(left, 200 * Times.MILLI));
        tell(virtual);
      }
    }
    tell(virtual);
  }

  private void tell(long virtual) {
    long wall = System.nanoTime();
    if (wall - told > 100 * Times.MILLI) {
      told = wall;
      progress.accept(text(virtual));
    }
  }

  private String text(long virtual) {
    double wall = (System.nanoTime() - began) / (double) Times.SECOND;
    double all = scenario.end() - scenario.start();
    double part = all == 0 ? 1 : virtual / all;
    String eta = part <= 0 ? "?" : Figures.clock((long) (wall * (1 - part) / part * Times.SECOND));
    return String.format(
        Locale.ROOT,
        "%s  %s  %.0f %%  %,.0fx  %s left",
        scenario.name(),
        Figures.clock(virtual),
        100 * part,
        virtual / (double) Times.SECOND / Math.max(wall, 1e-9),
        eta);
  }
}
