package dev.slipway.ingest.format;

import dev.slipway.ingest.feed.FeedLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Walks over the bytes of a JSON text. What it passes is checked as strictly as a parser would; the
 * first thing out of the ordinary, bad or merely rare, ends the walk with {@link Bail}, and so does
 * the end of the array.
 *
 * <p>Positions are bytes of the record. A reader moves it by {@link #enter}, {@link #next} and the
 * methods that take a value; none of them allocates but those that return a text.
 */
final class JsonCursor {
  /*
   * Strings are searched eight bytes at a time: a byte is of interest if it is a quote, a backslash, a control character
   * or not ASCII. (x ^ pattern) - 1 borrows into the high bit of a byte that was equal to the pattern, x - 0x20 into that
   * of one below a blank. A borrow can spoil only bytes above one that was a hit itself, and the lowest hit is all that
   * is asked for.
   */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = ONES << 7;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long BLANKS = ONES * ' ';

  private static final int OBJECT = 1;

  byte[] bytes = new byte[0];
  int at;

  /** The text of the last string or name: bounds in bytes, without the quotes. */
  int from;

  int to;

  /** Whether the last string has an escape in it; whether it has more than ASCII. */
  boolean escaped;

  boolean wide;

  private int depth;
  private int tokens;
  private int tokensAside;

  void reset(byte[] record) {
    bytes = record;
    at = 0;
    depth = 0;
    tokens = 0;
  }

  int tokens() {
    return tokens;
  }

  /** How many objects and lists the cursor is in. */
  int depth() {
    return depth;
  }

  /** Whether the last string has that many bytes, none of them special. */
  boolean lastIsPlain(int length) {
    return to - from == length && !escaped && !wide;
  }

  /** Whether nothing but digits is there, one at least. */
  boolean digits(int first, int end) {
    for (int i = first; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return first < end;
  }

  /** Whether as many bytes as an API time has are plain there: no quote, no escape, ASCII. */
  boolean plainTime(int from) {
    long first = (long) LONGS.get(bytes, from);
    long second = (long) LONGS.get(bytes, from + Long.BYTES);
    long last = (long) LONGS.get(bytes, from + FastTimes.LENGTH - Long.BYTES);
    return (special(first) | special(second) | special(last)) == 0;
  }

  /** Goes back to the beginning of a value. */
  void back(int start, int tokensBefore) {
    at = start;
    tokens = tokensBefore;
  }

  /** Passes over a value that is known to be good. */
  void jump(int length, int valueTokens) {
    at += length;
    count(valueTokens);
  }

  /** The same of something that ends behind the object the cursor was in. */
  void jumpOut(int length, int valueTokens) {
    jump(length, valueTokens);
    depth--;
  }

  private void count(int more) {
    tokens += more;
    if (tokens > FeedLimits.TOKENS_MAX) {
      throw Bail.OUT;
    }
  }

  /** The next byte that is not blank. */
  byte peek() {
    byte c = bytes[at];
    while (c <= ' ') {
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        throw Bail.OUT;
      }
      c = bytes[++at];
    }
    return c;
  }

  /** Nothing but blanks may follow. */
  void end() {
    for (int i = at; i < bytes.length; i++) {
      byte c = bytes[i];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        throw Bail.OUT;
      }
    }
  }

  private void expect(int c) {
    if (peek() != c) {
      throw Bail.OUT;
    }
    at++;
  }

  /** Enters an object; true if it has a field, whose name is then the last text. */
  boolean enter() {
    expect('{');
    opened();
    if (peek() == '}') {
      return closed();
    }
    name();
    return true;
  }

  /** Goes from the end of a value to the next field of the object; false at the object's end. */
  boolean next() {
    byte c = peek();
    if (c == ',') {
      at++;
      name();
      return true;
    }
    if (c != '}') {
      throw Bail.OUT;
    }
    return closed();
  }

  /**
   * Enters an object; the place of its first field among the names, {@link Names#UNKNOWN} for one
   * that is none of them, {@link Names#END} if there is no field.
   */
  int first(Names names) {
    expect('{');
    opened();
    if (peek() == '}') {
      closed();
      return Names.END;
    }
    return place(names, 0);
  }

  /**
   * Goes from the end of a value to the next field, as {@link #first} does to the first.
   *
   * @param expected the place of the field that is likely to follow
   */
  int next(Names names, int expected) {
    byte c = peek();
    if (c == ',') {
      at++;
      return place(names, expected);
    }
    if (c != '}') {
      throw Bail.OUT;
    }
    closed();
    return Names.END;
  }

  private int place(Names names, int expected) {
    int place = names.expected(bytes, at, expected);
    if (place == Names.UNKNOWN) {
      name();
      return names.find(bytes, from, to);
    }
    at += names.quotedLength(place);
    count(1);
    peek();
    return place;
  }

  /** Enters a list; true if it has an element. */
  boolean enterList() {
    expect('[');
    opened();
    return peek() != ']' || closed();
  }

  /** Goes from the end of a value to the next element of the list; false at the list's end. */
  boolean nextElement() {
    byte c = peek();
    if (c == ',') {
      at++;
      return true;
    }
    if (c != ']') {
      throw Bail.OUT;
    }
    return closed();
  }

  private void opened() {
    if (++depth > FeedLimits.DEPTH_MAX) {
      throw Bail.OUT;
    }
    count(1);
  }

  private boolean closed() {
    at++;
    depth--;
    count(1);
    return false;
  }

  private void name() {
    if (peek() != '"') {
      throw Bail.OUT;
    }
    string();
    if (escaped || wide || to - from > FeedLimits.NAME_CHARS_MAX) {
      throw Bail.OUT;
    }
    expect(':');
    peek();
  }

  /** Passes over a comma, a name and its colon; false if others stand there. */
  boolean literal(byte[] text) {
    int end = at + text.length;
    if (end > bytes.length || !Arrays.equals(text, 0, text.length, bytes, at, end)) {
      return false;
    }
    at = end;
    count(1);
    return true;
  }

  /** Reads other bytes, and then stands where it stood; the tokens of these are left in mind. */
  <T> T aside(byte[] other, Supplier<T> reader) {
    byte[] record = bytes;
    int place = at;
    int before = tokens;
    bytes = other;
    at = 0;
    T read = reader.get();
    tokensAside = tokens - before;
    bytes = record;
    at = place;
    tokens = before;
    return read;
  }

  /** The tokens of what was read aside. */
  int tokensAside() {
    return tokensAside;
  }

  /** Passes over null; false if the value is another. */
  boolean takeNull() {
    if (peek() != 'n') {
      return false;
    }
    literal('u', 'l', 'l');
    return true;
  }

  boolean bool() {
    boolean value = peek() == 't';
    if (value) {
      literal('r', 'u', 'e');
    } else if (bytes[at] == 'f' && bytes[at + 1] == 'a') {
      at++;
      literal('l', 's', 'e');
    } else {
      throw Bail.OUT;
    }
    return value;
  }

  private void literal(int second, int third, int fourth) {
    if (bytes[at + 1] != second || bytes[at + 2] != third || bytes[at + 3] != fourth) {
      throw Bail.OUT;
    }
    at += 4;
    count(1);
    delimiter();
  }

  /** What may follow a literal or a number; a parser would complain of anything else. */
  private void delimiter() {
    if (at < bytes.length) {
      byte c = bytes[at];
      if (c != ',' && c != '}' && c != ']' && c > ' ') {
        throw Bail.OUT;
      }
    }
  }

  /** A whole number of at most 18 digits. */
  long whole() {
    boolean negative = peek() == '-';
    int first = negative ? at + 1 : at;
    int i = first;
    long value = 0;
    while (bytes[i] >= '0' && bytes[i] <= '9') {
      value = value * 10 + bytes[i++] - '0';
    }
    if (i == first || i - first > 18 || (bytes[first] == '0' && i > first + 1)) {
      throw Bail.OUT;
    }
    at = i;
    count(1);
    delimiter();
    return negative ? -value : value;
  }

  /** Passes over a string and leaves its bounds. */
  void string() {
    if (peek() != '"') {
      throw Bail.OUT;
    }
    from = at + 1;
    escaped = false;
    wide = false;
    to = closingQuote(from);
    at = to + 1;
    if (to - from > FeedLimits.STRING_CHARS_MAX) {
      throw Bail.OUT;
    }
    count(1);
  }

  private int closingQuote(int start) {
    byte[] b = bytes;
    int last = b.length - Long.BYTES;
    int i = start;
    for (; ; ) {
      if (i <= last) {
        long hit = special((long) LONGS.get(b, i));
        if (hit == 0) {
          i += Long.BYTES;
          continue;
        }
        i += Long.numberOfTrailingZeros(hit) >>> 3;
      }
      byte c = b[i];
      if (c == '"') {
        return i;
      }
      if (c == '\\') {
        escaped = true;
        i = afterEscape(i);
      } else if (c < 0) {
        wide = true;
        i = Utf8Sequence.after(b, i);
      } else if (c < ' ') {
        throw Bail.OUT;
      } else {
        i++;
      }
    }
  }

  private static long special(long word) {
    return (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - BLANKS) | word)
        & HIGH;
  }

  private int afterEscape(int backslash) {
    switch (bytes[backslash + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return backslash + 2;
      }
      case 'u' -> {
        if (Character.isSurrogate(hex(backslash + 2))) {
          throw Bail.OUT; // half a character: parsers differ
        }
        return backslash + 6;
      }
      default -> throw Bail.OUT;
    }
  }

  private char hex(int first) {
    int value = 0;
    for (int i = first; i < first + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        throw Bail.OUT;
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  /** The last string as text. */
  String text() {
    if (escaped) {
      return unescaped();
    }
    return wide
        ? new String(bytes, from, to - from, StandardCharsets.UTF_8)
        : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String unescaped() {
    var text = new StringBuilder(to - from);
    int plain = from;
    for (int i = from; i < to; ) {
      if (bytes[i] != '\\') {
        i++;
        continue;
      }
      text.append(new String(bytes, plain, i - plain, StandardCharsets.UTF_8));
      text.append(
          switch (bytes[i + 1]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex(i + 2);
            default -> (char) bytes[i + 1];
          });
      i = afterEscape(i);
      plain = i;
    }
    return text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8)).toString();
  }

  /** Passes over a value of any kind. */
  void skip() {
    long open = 0;
    int level = 0;
    int levels = FeedLimits.DEPTH_MAX - depth;
    for (; ; ) {
      byte c = peek();
      if (c == '"') {
        string();
      } else if (c == '{' || c == '[') {
        if (++level > levels) {
          throw Bail.OUT;
        }
        boolean object = c == '{';
        open = open << 1 | (object ? OBJECT : 0);
        at++;
        count(1);
        byte first = peek();
        if (first != (object ? '}' : ']')) {
          if (object) {
            skipName();
          }
          continue;
        }
        at++;
        count(1);
        level--;
        open >>>= 1;
      } else {
        scalar(c);
      }
      for (; ; ) {
        if (level == 0) {
          return;
        }
        c = peek();
        at++;
        boolean object = (open & 1) == OBJECT;
        if (c == ',') {
          if (object) {
            skipName();
          }
          break;
        }
        if (c != (object ? '}' : ']')) {
          throw Bail.OUT;
        }
        count(1);
        level--;
        open >>>= 1;
      }
    }
  }

  private void skipName() {
    string();
    if (to - from > FeedLimits.NAME_CHARS_MAX) {
      throw Bail.OUT;
    }
    expect(':');
  }

  private void scalar(byte c) {
    switch (c) {
      case 't', 'f' -> bool();
      case 'n' -> literal('u', 'l', 'l');
      default -> number();
    }
  }

  /** A number of any form; one of more than 18 characters is not plain. */
  private void number() {
    int first = at;
    int i = bytes[at] == '-' ? at + 1 : at;
    int whole = i;
    i = digits(i);
    if (i == whole || (bytes[whole] == '0' && i > whole + 1)) {
      throw Bail.OUT;
    }
    if (bytes[i] == '.') {
      int fraction = ++i;
      i = digits(i);
      if (i == fraction) {
        throw Bail.OUT;
      }
    }
    if (bytes[i] == 'e' || bytes[i] == 'E') {
      i += bytes[i + 1] == '-' || bytes[i + 1] == '+' ? 2 : 1;
      int exponent = i;
      i = digits(i);
      if (i == exponent) {
        throw Bail.OUT;
      }
    }
    if (i - first > 18) {
      throw Bail.OUT;
    }
    at = i;
    count(1);
    delimiter();
  }

  private int digits(int start) {
    int i = start;
    while (bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }
}
