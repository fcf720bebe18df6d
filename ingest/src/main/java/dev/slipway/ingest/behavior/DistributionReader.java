package dev.slipway.ingest.behavior;

import dev.slipway.engine.runtime.BehaviorField.Unit;
import dev.slipway.engine.runtime.BehaviorText;
import dev.slipway.engine.runtime.Distribution;
import dev.slipway.engine.runtime.Distribution.Weighted;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a number: a value, a range, or a map that names a distribution. */
public final class DistributionReader {
  private static final Set<String> NAMES =
      Set.of("fixed", "uniform", "normal", "exponential", "choice");

  private DistributionReader() {}

  /** The distribution there, null where absent or wrong. */
  public static @Nullable Distribution read(Reading place, Unit unit) {
    if (!place.present()) {
      return null;
    }
    if (!place.json().isObject()) {
      String text = place.text();
      return text == null ? null : place.tried(() -> BehaviorText.distribution(text, unit));
    }
    place.onlyFields(NAMES);
    if (place.json().size() != 1) {
      place.report("must name one of fixed, uniform, normal, exponential, choice");
      return null;
    }
    String name = place.json().fieldNames().next();
    Reading of = place.get(name);
    return switch (name) {
      case "fixed" -> fixed(of, unit);
      case "uniform" -> uniform(of, unit);
      case "normal" -> normal(of, unit);
      case "exponential" -> exponential(of, unit);
      case "choice" -> choice(of, unit);
      default -> null;
    };
  }

  private static @Nullable Double value(Reading place, Unit unit) {
    String text = place.text();
    if (text == null) {
      if (!place.present()) {
        place.report("is missing");
      }
      return null;
    }
    return place.tried(() -> BehaviorText.value(text, unit));
  }

  private static @Nullable Distribution fixed(Reading place, Unit unit) {
    Double value = value(place, unit);
    return value == null ? null : new Distribution.Fixed(value);
  }

  private static @Nullable Distribution uniform(Reading place, Unit unit) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("min", "max"));
    Double min = value(place.get("min"), finite(unit));
    Double max = value(place.get("max"), finite(unit));
    if (min == null || max == null || !ordered(place, min, max)) {
      return null;
    }
    return new Distribution.Uniform(min, max);
  }

  private static boolean ordered(Reading place, double min, double max) {
    if (max < min) {
      place.report("max must not be below min");
    }
    return min <= max;
  }

  private static @Nullable Distribution normal(Reading place, Unit unit) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("mean", "stddev", "min", "max"));
    Unit finite = finite(unit);
    Double mean = value(place.get("mean"), finite);
    Double stddev = value(place.get("stddev"), finite);
    Double min = place.get("min").present() ? value(place.get("min"), finite) : Double.valueOf(0);
    Double max =
        place.get("max").present()
            ? value(place.get("max"), finite)
            : Double.valueOf(Double.MAX_VALUE);
    if (mean == null || stddev == null || min == null || max == null) {
      return null;
    }
    return ordered(place, min, max) ? new Distribution.Normal(mean, stddev, min, max) : null;
  }

  private static @Nullable Distribution exponential(Reading place, Unit unit) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("mean"));
    Double mean = value(place.get("mean"), finite(unit));
    return mean == null ? null : new Distribution.Exponential(mean);
  }

  private static @Nullable Distribution choice(Reading place, Unit unit) {
    List<Weighted> choices = place.list(entry -> weighted(entry, unit));
    if (!place.json().isArray() || choices.size() < place.json().size()) {
      return null;
    }
    if (choices.stream().mapToDouble(Weighted::weight).sum() <= 0) {
      place.report("needs a value with a weight above 0");
      return null;
    }
    return new Distribution.Choice(choices);
  }

  private static @Nullable Weighted weighted(Reading place, Unit unit) {
    if (!place.isMap()) {
      return null;
    }
    place.onlyFields(Set.of("value", "weight"));
    Double value = value(place.get("value"), unit);
    Reading weight = place.get("weight");
    if (!weight.present()) {
      return value == null ? null : new Weighted(value, 1);
    }
    double number = weight.json().asDouble(-1);
    if (!weight.json().isNumber() || number < 0) {
      weight.report("must be a number not below 0");
      return null;
    }
    return value == null ? null : new Weighted(value, number);
  }

  /** Forever is a value, not a bound. */
  private static Unit finite(Unit unit) {
    return unit == Unit.DURATION_OR_FOREVER ? Unit.DURATION : unit;
  }
}
