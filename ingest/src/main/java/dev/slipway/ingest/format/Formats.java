package dev.slipway.ingest.format;

import dev.slipway.ingest.feed.RejectReason;
import java.util.List;

/** The decoders of all formats, asked in the order in which one record could be taken for two. */
final class Formats {
  private static final List<FormatDecoder> ALL =
      List.of(
          new CloudEventDecoder(),
          new AuditDecoder(),
          new RuntimeReportDecoder(),
          new OtlpDecoder(),
          new CoreEventDecoder(),
          new SchedulerSimulatorDecoder(),
          new ContainerEventDecoder(),
          new KwokDecoder(),
          new WatchDecoder(),
          new ListDecoder(),
          new ObjectDecoder());

  private Formats() {}

  /** The decoder of a record. */
  static FormatDecoder of(Envelope record, RecordHeaders headers) throws Refusal {
    for (FormatDecoder decoder : ALL) {
      if (decoder.recognises(record, headers)) {
        return decoder;
      }
    }
    throw new Refusal(RejectReason.UNKNOWN_FORMAT, "record is of no known format", -1);
  }
}
