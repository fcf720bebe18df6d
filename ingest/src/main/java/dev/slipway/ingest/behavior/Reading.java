package dev.slipway.ingest.behavior;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ingest.manifest.FieldProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place in a behavior file; what is wrong with it is told and read as absent. */
public record Reading(JsonNode json, String path, FieldProblems problems) {
  public boolean present() {
    return !json.isMissingNode() && !json.isNull();
  }

  public Reading get(String field) {
    return new Reading(json.path(field), path.isEmpty() ? field : path + "." + field, problems);
  }

  public void report(String reason) {
    problems.add(path, reason);
  }

  /** True for a map; anything else that is present is reported. */
  public boolean isMap() {
    if (present() && !json.isObject()) {
      report("must be a map");
    }
    return json.isObject();
  }

  /** Reports the fields that are none of these. */
  public void onlyFields(Set<String> known) {
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            get(name).report("unknown field");
          }
        });
  }

  /** The text of a scalar, null where absent. */
  public @Nullable String text() {
    if (present() && json.isContainerNode()) {
      report("must be a single value");
      return null;
    }
    return present() ? json.asText() : null;
  }

  public <T> List<T> list(Function<Reading, @Nullable T> element) {
    List<T> all = new ArrayList<>();
    if (present() && !json.isArray()) {
      report("must be a list");
    }
    for (int k = 0; json.isArray() && k < json.size(); k++) {
      T read = element.apply(new Reading(json.get(k), path + "[" + k + "]", problems));
      if (read != null) {
        all.add(read);
      }
    }
    return all;
  }

  /** The value, or null where its text says why not. */
  public <T> @Nullable T tried(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      report(String.valueOf(e.getMessage()));
      return null;
    }
  }
}
