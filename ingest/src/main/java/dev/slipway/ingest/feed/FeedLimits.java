package dev.slipway.ingest.feed;

/** What a record of a feed may have at most; they bound the time and memory of reading it. */
public final class FeedLimits {
  /**
   * The API server's own limit on a request body (3 MiB, {@code MaxRequestBodyBytes} of
   * k8s.io/apiserver 1.37) plus the record around the object.
   */
  public static final int RECORD_BYTES_MAX = 3 * 1024 * 1024 + 1024;

  /** The deepest path of a pod has about 15 steps; four times that still cannot exhaust a stack. */
  public static final int DEPTH_MAX = 64;

  /**
   * All annotations together may have 256 KiB, one argument or variable of a Linux process 128 KiB:
   * twice the larger.
   */
  public static final int STRING_CHARS_MAX = 512 * 1024;

  /**
   * A label or annotation key has at most 317 characters, keys in {@code managedFields} hold a few
   * such.
   */
  public static final int NAME_CHARS_MAX = 4096;

  /** A 64-bit number has 20 digits. */
  public static final int NUMBER_CHARS_MAX = 64;

  /**
   * Real pods have some 12 bytes a token, so 3 MiB make 256 Ki; as tree nodes of up to 100 bytes
   * that is 25 MB.
   */
  public static final int TOKENS_MAX = 256 * 1024;

  public static final int DETAIL_CHARS_MAX = 200;

  /** Two lines of a terminal. */
  public static final int SAMPLE_BYTES_MAX = 160;

  private FeedLimits() {}
}
