package dev.slipway.ingest.feed;

/**
 * A refused record.
 *
 * @param detail what is wrong, in one line of at most {@link FeedDecoder#DETAIL_CHARS_MAX}
 *     characters
 * @param position the byte of the record at which it went wrong, -1 if no single byte is to blame
 * @param sample the bytes around the position as printable ASCII, at most {@link
 *     FeedDecoder#SAMPLE_BYTES_MAX}
 */
public record Rejected(RejectReason reason, String detail, long position, String sample)
    implements Decoded {}
