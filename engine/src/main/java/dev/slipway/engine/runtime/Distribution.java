package dev.slipway.engine.runtime;

import java.util.List;

/**
 * Where a drawn number comes from. Durations are nanoseconds, {@link #FOREVER} stands for no end.
 */
public sealed interface Distribution {
  /** A duration without end: a process that runs until stopped, a stop signal that is ignored. */
  double FOREVER = -1;

  /** Draws once. */
  double draw(SplitMix64 random);

  /** Always the same. */
  record Fixed(double value) implements Distribution {
    @Override
    public double draw(SplitMix64 random) {
      return value;
    }
  }

  /** Any value between the two, equally likely. */
  record Uniform(double min, double max) implements Distribution {
    @Override
    public double draw(SplitMix64 random) {
      return min + (max - min) * random.nextDouble();
    }
  }

  /** The bell curve, values outside the bounds set to the bound. */
  record Normal(double mean, double stddev, double min, double max) implements Distribution {
    @Override
    public double draw(SplitMix64 random) {
      return Math.max(min, Math.min(max, mean + stddev * random.nextGaussian()));
    }
  }

  /** The time to the next of events that come at a steady rate. */
  record Exponential(double mean) implements Distribution {
    @Override
    public double draw(SplitMix64 random) {
      return -mean * StrictMath.log(1 - random.nextDouble());
    }
  }

  /** One of several values; a value is as likely as its weight. */
  record Choice(List<Weighted> choices) implements Distribution {
    public Choice {
      choices = List.copyOf(choices);
    }

    @Override
    public double draw(SplitMix64 random) {
      double total = 0;
      for (Weighted choice : choices) {
        total += choice.weight();
      }
      double left = random.nextDouble() * total;
      for (Weighted choice : choices) {
        left -= choice.weight();
        if (left < 0) {
          return choice.value();
        }
      }
      return choices.getLast().value();
    }
  }

  /** One value of a {@link Choice}. */
  record Weighted(double value, double weight) {}

  static Distribution fixed(double value) {
    return new Fixed(value);
  }

  /** 1 with that probability, else 0. */
  static Distribution chance(double probability) {
    return probability <= 0 || probability >= 1
        ? new Fixed(probability <= 0 ? 0 : 1)
        : new Choice(List.of(new Weighted(1, probability), new Weighted(0, 1 - probability)));
  }
}
