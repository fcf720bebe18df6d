package dev.slipway.ingest.service;

import dev.slipway.engine.observe.SnapshotException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the changelog holds of one pod.
 *
 * @param track what the repair of its feed knows, empty: nothing
 * @param snapshot the pod as it is followed, empty once it is gone
 */
record PodState(byte[] track, byte[] snapshot) {
  private static final byte VERSION = 1;
  private static final int HEAD = 1 + Short.BYTES;

  byte[] encode() {
    return ByteBuffer.allocate(HEAD + track.length + snapshot.length)
        .put(VERSION)
        .putShort((short) track.length)
        .put(track)
        .put(snapshot)
        .array();
  }

  /** Reads it; a {@link SnapshotException} if the bytes are something else. */
  static PodState decode(byte[] value) {
    if (value.length < HEAD || value[0] != VERSION) {
      throw new SnapshotException("not a pod's state, or one of another release");
    }
    int length = Short.toUnsignedInt(ByteBuffer.wrap(value, 1, Short.BYTES).getShort());
    if (HEAD + length > value.length) {
      throw new SnapshotException("a pod's state ends too early: bytes=" + value.length);
    }
    return new PodState(
        Arrays.copyOfRange(value, HEAD, HEAD + length),
        Arrays.copyOfRange(value, HEAD + length, value.length));
  }
}
