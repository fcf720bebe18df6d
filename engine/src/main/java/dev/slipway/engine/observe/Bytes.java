package dev.slipway.engine.observe;

import dev.slipway.engine.api.Times;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes and reads the parts of a snapshot: numbers of variable length, times, texts. */
final class Bytes {
  private static final int FIRST = 256;

  private byte[] bytes;
  private int at;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  static Bytes writer() {
    return new Bytes(new byte[FIRST]);
  }

  static Bytes reader(byte[] bytes) {
    return new Bytes(bytes);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, at);
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  void put(long value) {
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
  void putSigned(long value) {
    put(value << 1 ^ value >> 63);
  }

  void putFixed(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      octet((int) (value >>> shift));
    }
  }

  void put(boolean value) {
    octet(value ? 1 : 0);
  }

  /** Whole seconds take five bytes, other times ten. */
  void putTime(long nanos) {
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

  void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8.length);
    for (byte b : utf8) {
      octet(b);
    }
  }

  long get() {
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

  int getInt() {
    return Math.toIntExact(get());
  }

  long getSigned() {
    long value = get();
    return value >>> 1 ^ -(value & 1);
  }

  long getFixed() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      value |= (octet() & 0xFFL) << shift;
    }
    return value;
  }

  boolean getBoolean() {
    return octet() != 0;
  }

  long getTime() {
    return switch (octet()) {
      case 0 -> Times.NONE;
      case 1 -> getSigned() * Times.SECOND;
      default -> getSigned();
    };
  }

  String getText() {
    int length = getInt();
    if (length < 0 || length > bytes.length - at) {
      throw new SnapshotException("a text is too long: length=" + length);
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
