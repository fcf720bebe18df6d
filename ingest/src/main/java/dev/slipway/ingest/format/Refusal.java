package dev.slipway.ingest.format;

import dev.slipway.ingest.feed.RejectReason;

/**
 * Carries a refusal out of the reading methods; without a stack trace it costs no more than a
 * value.
 */
final class Refusal extends Exception {
  final RejectReason reason;
  final String detail;

  /** The byte to blame, -1 if there is no single one. */
  final long position;

  Refusal(RejectReason reason, String detail, long position) {
    super(detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
    this.position = position;
  }
}
