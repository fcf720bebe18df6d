package dev.slipway.ingest.feed;

import java.nio.charset.StandardCharsets;

/** Writes watch records. */
public final class FeedEncoder {
  private final PodCodec codec;

  public FeedEncoder(PodCodec codec) {
    this.codec = codec;
  }

  /** {@code {"type":"ADDED","object":{...}}} in UTF-8. */
  public byte[] encode(FeedRecord record) {
    byte[] head =
        ("{\"type\":\"" + record.type() + "\",\"object\":").getBytes(StandardCharsets.US_ASCII);
    byte[] object = codec.encode(record.pod());
    byte[] bytes = new byte[head.length + object.length + 1];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(object, 0, bytes, head.length, object.length);
    bytes[bytes.length - 1] = '}';
    return bytes;
  }
}
