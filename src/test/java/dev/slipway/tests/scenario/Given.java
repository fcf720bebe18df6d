package dev.slipway.tests.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell of words: bare ones, {@code key=value}, and {@code key[anything]} or {@code
 * key(anything)}, which may come several times; round brackets are for inside of square ones.
 */
final class Given {
  private static final Pattern WORD =
      Pattern.compile("([\\w./-]+)(?:\\[([^\\]]*)\\]|\\(([^)]*)\\))|(\\S+)");

  private record Word(String key, String value, boolean group) {}

  private final List<Word> words = new ArrayList<>();

  Given(String cell) {
    Matcher matcher = WORD.matcher(cell);
    while (matcher.find()) {
      String plain = matcher.group(4);
      if (plain == null) {
        String inner = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        words.add(new Word(matcher.group(1), inner.strip(), true));
      } else {
        int at = plain.indexOf('=');
        words.add(
            at < 0
                ? new Word(plain, "", false)
                : new Word(plain.substring(0, at), plain.substring(at + 1), false));
      }
    }
  }

  /** The bare word at that place. */
  String word(int place) {
    return words.get(place).key();
  }

  boolean has(String key) {
    return words.stream().anyMatch(word -> word.key().equals(key));
  }

  /** The value or the text in brackets, {@code otherwise} if the key is not there. */
  String get(String key, String otherwise) {
    return words.stream()
        .filter(word -> word.key().equals(key))
        .map(Word::value)
        .findFirst()
        .orElse(otherwise);
  }

  long number(String key, long otherwise) {
    return Long.parseLong(get(key, Long.toString(otherwise)));
  }

  /** Every text in brackets behind that key. */
  List<String> all(String key) {
    return words.stream()
        .filter(word -> word.group() && word.key().equals(key))
        .map(Word::value)
        .toList();
  }
}
