package dev.slipway.ingest.service;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What a dead letter tells of itself. */
final class LetterHeaders {
  private LetterHeaders() {}

  /**
   * The headers of a letter.
   *
   * @param position of what is wrong, in bytes from the beginning of the record, -1: all of it
   * @param source topic/partition/offset of the record
   */
  static List<Header> of(String reason, String detail, long position, String source) {
    return List.of(
        header("slipway-reason", reason),
        header("slipway-detail", detail),
        header("slipway-position", Long.toString(position)),
        header("slipway-source", source));
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
