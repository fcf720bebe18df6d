package dev.slipway.ingest.format;

/** Well-formed UTF-8 (RFC 3629). */
final class Utf8Sequence {
  private Utf8Sequence() {}

  /** The index after the sequence of more than one byte that starts there. */
  static int after(byte[] bytes, int start) {
    int first = bytes[start] & 0xff;
    int second = bytes[start + 1] & 0xff;
    if (first < 0xc2 || first > 0xf4) {
      throw Bail.OUT;
    }
    if (first < 0xe0) {
      return start + 1 + continuation(second);
    }
    if (first < 0xf0) {
      boolean overlong = first == 0xe0 && second < 0xa0;
      boolean surrogate = first == 0xed && second >= 0xa0;
      if (overlong || surrogate) {
        throw Bail.OUT;
      }
      return start + 1 + continuation(second) + continuation(bytes[start + 2]);
    }
    boolean overlong = first == 0xf0 && second < 0x90;
    boolean beyond = first == 0xf4 && second >= 0x90;
    if (overlong || beyond) {
      throw Bail.OUT;
    }
    return start
        + 1
        + continuation(second)
        + continuation(bytes[start + 2])
        + continuation(bytes[start + 3]);
  }

  /** One, for a byte that may go on with a sequence. */
  private static int continuation(int next) {
    if ((next & 0xc0) != 0x80) {
      throw Bail.OUT;
    }
    return 1;
  }
}
