package dev.slipway.engine.profile;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The feature gates of one cluster: those of its release, and what somebody changed about them.
 *
 * @param changed the gates somebody set, to what
 */
public record Gates(Release release, Map<Gate, Boolean> changed) {
  public Gates {
    EnumMap<Gate, Boolean> copy = new EnumMap<>(Gate.class);
    copy.putAll(changed);
    changed = Collections.unmodifiableMap(copy);
  }

  /** The release's own. */
  public static Gates of(Release release) {
    return new Gates(release, Map.of());
  }

  /**
   * Reads the text of the kubelet's flag, {@code A=true,B=false}; empty text changes nothing. A
   * gate the release does not know or does not let change, a value that is no boolean, and a gate
   * that stays on without one it needs are an {@link IllegalArgumentException}.
   */
  public static Gates parse(Release release, String text) {
    EnumMap<Gate, Boolean> changed = new EnumMap<>(Gate.class);
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("want GATE=true or GATE=false, got " + part.strip());
      }
      Gate gate = Gate.of(part.substring(0, equals).strip(), release);
      changed.put(gate, value(gate, part.substring(equals + 1).strip()));
    }
    Gates gates = new Gates(release, changed);
    changed.forEach((gate, on) -> gates.checkSettable(gate, on));
    for (Gate gate : Gate.values()) {
      gates.checkNeeds(gate);
    }
    return gates;
  }

  private static boolean value(Gate gate, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              gate.text() + ": want true or false, got " + (text.isEmpty() ? "nothing" : text));
    };
  }

  private void checkSettable(Gate gate, boolean on) {
    Gate.State state = gate.state(release);
    if (!state.settable() && on != state.on()) {
      throw new IllegalArgumentException(
          "cannot set " + gate.text() + " to " + on + ": locked to true in " + release.text());
    }
  }

  private void checkNeeds(Gate gate) {
    Gate needed = gate.needs();
    if (needed != null && on(gate) && !on(needed)) {
      throw new IllegalArgumentException(
          gate.text() + " is on and needs " + needed.text() + ", which is off");
    }
  }

  /** Whether what the gate stands for holds. */
  public boolean on(Gate gate) {
    return changed.getOrDefault(gate, gate.state(release).on());
  }

  /** The same gates with one set. Nothing is checked: the engine can do what no kubelet would. */
  public Gates with(Gate gate, boolean on) {
    EnumMap<Gate, Boolean> more = new EnumMap<>(Gate.class);
    more.putAll(changed);
    more.put(gate, on);
    return new Gates(release, more);
  }

  /** What differs from the release, {@code A=true,B=false} in the order of the alphabet. */
  public String text() {
    TreeMap<String, Boolean> differing = new TreeMap<>();
    changed.forEach((gate, on) -> {
      if (on != gate.state(release).on()) {
        differing.put(gate.text(), on);
      }
    });
    StringBuilder text = new StringBuilder();
    differing.forEach(
        (name, on) -> text.append(text.isEmpty() ? "" : ",").append(name).append('=').append(on));
    return text.toString();
  }
}
