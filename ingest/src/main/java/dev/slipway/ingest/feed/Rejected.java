package dev.slipway.ingest.feed;

/**
 * A refused record.
 *
 * @param detail what is wrong, in one line of at most {@link FeedLimits#DETAIL_CHARS_MAX}
 *     characters
 * @param position the byte of the record at which it went wrong, -1 if no single byte is to blame
 * @param sample the bytes around the position as printable ASCII, at most {@link
 *     FeedLimits#SAMPLE_BYTES_MAX}
 */
public record Rejected(RejectReason reason, String detail, long position, String sample)
    implements Decoded {
  /** The refusal of a record, with the detail cut to one line and a sample of the bytes. */
  public static Rejected of(RejectReason reason, String detail, long position, byte[] record) {
    return new Rejected(reason, oneLine(detail), position, sample(record, position));
  }

  private static String oneLine(String text) {
    String cut =
        text.length() > FeedLimits.DETAIL_CHARS_MAX
            ? text.substring(0, FeedLimits.DETAIL_CHARS_MAX)
            : text;
    return cut.replaceAll("\\p{Cntrl}", " ");
  }

  private static String sample(byte[] bytes, long position) {
    int middle = Math.clamp(position, 0, bytes.length);
    int from = Math.max(0, middle - FeedLimits.SAMPLE_BYTES_MAX / 2);
    int to = Math.min(bytes.length, from + FeedLimits.SAMPLE_BYTES_MAX);
    var text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      boolean printable = bytes[i] >= ' ' && bytes[i] <= '~';
      text.append(printable ? (char) bytes[i] : '?');
    }
    return text.toString();
  }
}
