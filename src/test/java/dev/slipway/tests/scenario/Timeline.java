package dev.slipway.tests.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Facts with times as one line of words: {@code SB0@0 +a1@0 T a1/30@60 Succeeded@62}.
 *
 * <p>Facts are of kinds. Sandboxes, starts, stop signals, SIGKILLs and the removal of the object
 * are one kind and the phase is another; these two are always compared. Every other kind is
 * compared if the expected side names it: {@code pre x}, {@code post x}, {@code pull x}, {@code
 * exit x/code}, {@code set x/resource/request/limit}, {@code U x+} ({@code R}, {@code L}: probes by
 * type, {@code +} success, {@code -} failure, {@code T} timed out), {@code x=Waiting/Reason},
 * {@code x.ready=true}, {@code Ready=False/Reason}, {@code !Reason/x} (recorded events). {@code no
 * word} says that there is none of that kind.
 */
final class Timeline {
  private static final String EFFECT = "effect";
  private static final String PHASE = "phase";
  private static final Set<String> TWO_WORDS =
      Set.of("T", "K", "set", "pre", "post", "pull", "exit", "U", "R", "L");

  private Timeline() {}

  /** Splits a cell into facts. */
  static List<String> facts(String cell) {
    List<String> facts = new ArrayList<>();
    List<String> words = PodText.words(cell);
    for (int k = 0; k < words.size(); k++) {
      String word = words.get(k);
      if (word.equals("no")) {
        int length = TWO_WORDS.contains(words.get(k + 1)) ? 2 : 1;
        facts.add(String.join(" ", words.subList(k, k + 1 + length)));
        k += length;
      } else if (TWO_WORDS.contains(word)) {
        facts.add(word + " " + words.get(++k));
      } else {
        facts.add(word);
      }
    }
    return facts;
  }

  /** The expected facts by kind; kinds that are always compared are there in any case. */
  static Map<String, List<String>> expected(String cell) {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put(EFFECT, new ArrayList<>());
    kinds.put(PHASE, new ArrayList<>());
    for (String fact : facts(cell)) {
      if (fact.startsWith("no ")) {
        kinds.put(kind(fact.substring(3)), new ArrayList<>());
      } else {
        kinds.computeIfAbsent(kind(fact), _ -> new ArrayList<>()).add(fact);
      }
    }
    return kinds;
  }

  /** The facts of the kinds asked for. */
  static Map<String, List<String>> of(List<String> facts, Set<String> kinds) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    kinds.forEach(kind -> found.put(kind, new ArrayList<>()));
    for (String fact : facts) {
      List<String> list = found.get(kind(fact));
      if (list != null) {
        list.add(fact);
      }
    }
    return found;
  }

  private static String kind(String fact) {
    String word = fact.contains("@") ? fact.substring(0, fact.lastIndexOf('@')) : fact;
    int space = word.indexOf(' ');
    if (space > 0) {
      String first = word.substring(0, space);
      return switch (first) {
        case "T", "K" -> EFFECT;
        case "U", "R", "L" -> first + word.substring(space).replaceAll("[-+T]$", "");
        default -> first;
      };
    }
    if (word.startsWith("!")) {
      return word.contains("/") ? word.substring(0, word.indexOf('/')) : word;
    }
    if (word.contains("=")) {
      return word.substring(0, word.indexOf('='));
    }
    return word.startsWith("+") || word.startsWith("SB") || word.equals("gone") ? EFFECT : PHASE;
  }
}
