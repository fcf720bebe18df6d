package dev.slipway.ingest.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes of bytes, for tables that compare the bytes themselves afterwards. */
final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private Bytes() {}

  /** Every byte counts. */
  static long hash(byte[] bytes, int from, int to) {
    long hash = (to - from) * FACTOR;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, i));
    }
    long rest = 0;
    for (; i < to; i++) {
      rest = rest << 8 | (bytes[i] & 0xff);
    }
    return mix(hash ^ rest);
  }

  private static long mix(long hash) {
    long product = hash * FACTOR;
    return product ^ product >>> 32;
  }
}
