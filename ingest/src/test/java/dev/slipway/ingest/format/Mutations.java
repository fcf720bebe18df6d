package dev.slipway.ingest.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Small damage to a record, of the kinds that tell careless readers from careful ones. */
final class Mutations {
  private static final String[] WORDS = {
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "0",
    "-1",
    "1e3",
    "1.5",
    "00",
    "NaN",
    "\"x\"",
    ",",
    ":",
    "}",
    "]",
    "{",
    "[",
    "\\",
    "\\u00e9",
    "\\ud800",
    "\"",
    " ",
    "\n",
    "\u0000",
    "é",
    "\"uid\":\"u\",",
    "\"name\":7,",
    "123456789012345678901234567890",
    "\"type\":\"ADDED\",",
    "\"kind\":\"Node\","
  };

  private Mutations() {}

  static byte[] mutate(byte[] record, SplittableRandom random) {
    byte[] bytes = record;
    for (int times = random.nextInt(1, 4); times > 0; times--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, random.nextInt(1, 40));
    return switch (random.nextInt(6)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[at] = (byte) random.nextInt(256);
        yield flipped;
      }
      case 1 -> joined(bytes, at, new byte[0], at + length);
      case 2 -> joined(bytes, at + length, Arrays.copyOfRange(bytes, at, at + length), at + length);
      case 3 -> Arrays.copyOf(bytes, at + 1);
      case 4 -> joined(bytes, at, word(random), at);
      default -> {
        int value = valueAfter(bytes, at);
        yield joined(bytes, value, word(random), endOfScalar(bytes, value));
      }
    };
  }

  private static byte[] word(SplittableRandom random) {
    return WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
  }

  /** Where the next value begins, by the next colon. */
  private static int valueAfter(byte[] bytes, int at) {
    int i = at;
    while (i < bytes.length - 1 && bytes[i] != ':') {
      i++;
    }
    return i + 1;
  }

  private static int endOfScalar(byte[] bytes, int value) {
    int i = value;
    while (i < bytes.length && bytes[i] != ',' && bytes[i] != '}' && bytes[i] != ']') {
      i++;
    }
    return i;
  }

  private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
    byte[] result = new byte[head + middle.length + bytes.length - tail];
    System.arraycopy(bytes, 0, result, 0, head);
    System.arraycopy(middle, 0, result, head, middle.length);
    System.arraycopy(bytes, tail, result, head + middle.length, bytes.length - tail);
    return result;
  }
}
