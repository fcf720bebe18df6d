package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes and reads the parts of a snapshot: numbers of variable length, times, texts. What is read
 * has to be asked for as it was written; a {@link SnapshotException} where the bytes cannot be
 * that.
 */
public final class Bytes {
  private static final int FIRST = 256;

  private byte[] bytes;
  private int at;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Begins with nothing written. */
  public static Bytes writer() {
    return new Bytes(new byte[FIRST]);
  }

  /** Reads from the beginning. */
  public static Bytes reader(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** What was written. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, at);
  }

  /** Everything was read. */
  public boolean atEnd() {
    return at == bytes.length;
  }

  /** A number that is not negative: seven bits a byte. */
  public void put(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octet((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    octet((int) rest);
  }

  private void octet(int value) {
    if (at == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * at);
    }
    bytes[at++] = (byte) value;
  }

  /** A number that may be negative. */
  public void putSigned(long value) {
    put(value << 1 ^ value >> 63);
  }

  /** Eight bytes, for hashes. */
  public void putFixed(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      octet((int) (value >>> shift));
    }
  }

  public void put(boolean value) {
    octet(value ? 1 : 0);
  }

  /** Whole seconds take five bytes, other times ten. */
  public void putTime(long nanos) {
    if (nanos == Times.NONE) {
      octet(0);
    } else if (nanos % Times.SECOND == 0) {
      octet(1);
      putSigned(nanos / Times.SECOND);
    } else {
      octet(2);
      putSigned(nanos);
    }
  }

  /** Its length in UTF-8, then that. */
  public void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8.length);
    for (byte b : utf8) {
      octet(b);
    }
  }

  /** What {@link #put(long)} wrote. */
  public long get() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = octet();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new SnapshotException("a number is too long: at=" + at);
  }

  private byte octet() {
    if (at >= bytes.length) {
      throw new SnapshotException("snapshot ends too early: bytes=" + bytes.length);
    }
    return bytes[at++];
  }

  /** The same; an {@link ArithmeticException} beyond 32 bits. */
  public int getInt() {
    return Math.toIntExact(get());
  }

  public long getSigned() {
    long value = get();
    return value >>> 1 ^ -(value & 1);
  }

  public long getFixed() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      value |= (octet() & 0xFFL) << shift;
    }
    return value;
  }

  public boolean getBoolean() {
    return octet() != 0;
  }

  public long getTime() {
    return switch (octet()) {
      case 0 -> Times.NONE;
      case 1 -> getSigned() * Times.SECOND;
      default -> getSigned();
    };
  }

  public String getText() {
    int length = getInt();
    if (length < 0 || length > bytes.length - at) {
      throw new SnapshotException("a text is too long: length=" + length);
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
