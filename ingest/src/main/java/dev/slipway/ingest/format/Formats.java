package dev.slipway.ingest.format;

import dev.slipway.ingest.feed.RejectReason;
import java.util.List;

/**
 * Decoders of all formats for one thread, asked in the order in which one record could be taken for
 * two.
 */
final class Formats {
  private final KwokDecoder kwok = new KwokDecoder();
  private final List<FormatDecoder> all =
      List.of(
          new CloudEventDecoder(),
          new AuditDecoder(),
          new RuntimeReportDecoder(),
          new OtlpDecoder(),
          new CoreEventDecoder(),
          new SchedulerSimulatorDecoder(),
          new ContainerEventDecoder(),
          kwok,
          new WatchDecoder(),
          new ListDecoder(),
          new ObjectDecoder());

  /** What the only format knows whose records build on records before them. */
  KwokObjects kept() {
    return kwok.objects();
  }

  /** The decoder of a record. */
  FormatDecoder of(Envelope record, RecordHeaders headers) throws Refusal {
    for (FormatDecoder decoder : all) {
      if (decoder.recognises(record, headers)) {
        return decoder;
      }
    }
    throw new Refusal(RejectReason.UNKNOWN_FORMAT, "record is of no known format", -1);
  }
}
