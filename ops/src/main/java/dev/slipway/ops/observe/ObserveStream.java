package dev.slipway.ops.observe;

import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.GroupTotals;
import dev.slipway.engine.observe.ObserveSettings;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedShard;
import dev.slipway.engine.observe.ObservedTransition;
import dev.slipway.engine.observe.ShardSink;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.feed.Rejected;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.format.Refused;
import dev.slipway.ingest.repair.FeedRepair;
import dev.slipway.ingest.repair.Gone;
import dev.slipway.ingest.repair.RepairLimits;
import dev.slipway.ingest.repair.RepairedSink;
import dev.slipway.ingest.service.JsonDocuments;
import dev.slipway.ingest.service.OutputJson;
import dev.slipway.ingest.service.VersionTime;
import dev.slipway.ops.log.Console;
import dev.slipway.ops.pods.StageLine;
import dev.slipway.ops.pods.StageTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream of JSON documents, a file or what kubectl prints into a pipe, to its end.
 * Findings are printed as they come, a table of the pods at the end. The time is that of the
 * records, and where they have none the latest one their objects tell.
 */
public final class ObserveStream {
  private static final int TOLD_MAX = 10;

  private final String name;
  private final boolean json;
  private final boolean quiet;
  private final PrintWriter out;
  private final Console console;
  private final FindingLines lines;
  private final OutputJson writer = new OutputJson();
  private final ObserveSettings rules;
  private final ObservedShard shard;
  private final RecordDecoder decoder = RecordDecoder.create();
  private final FeedRepair repair;
  private final Story story = new Story();
  private final ObserveCounts counts = new ObserveCounts();
  private final StageHistograms times = new StageHistograms();
  private long documents;
  private long refused;
  private long clock = Times.NONE;
  private volatile boolean stopped;

  /**
   * A stream.
   *
   * @param name stands for it in reports
   * @param limits of the repair of the feed
   * @param json findings as JSON lines and no table
   */
  public ObserveStream(
      String name,
      ObserveSettings rules,
      RepairLimits limits,
      boolean json,
      boolean quiet,
      PrintWriter out,
      Console console) {
    this.name = name;
    this.rules = rules;
    this.repair = FeedRepair.create(limits);
    this.json = json;
    this.quiet = quiet;
    this.out = out;
    this.console = console;
    this.lines = new FindingLines(out, json);
    this.shard = new ObservedShard(rules, new Sink());
  }

  /** Ends it before the end of the stream; any thread may call it. */
  public void stop() {
    stopped = true;
  }

  /** Follows it to the end; true if no violation was found. */
  public boolean run(InputStream in) throws IOException {
    var stream = new JsonDocuments(in, FeedLimits.RECORD_BYTES_MAX);
    for (byte[] document = stream.next(); document != null && !stopped; document = stream.next()) {
      documents++;
      if (decoder.decode(document, this::event) instanceof Refused refusal) {
        refused(stream.line(), refusal.why());
      }
    }
    repair.flush(story);
    if (json) {
      times.lines("").forEach(line -> out.println(StageJson.line(line)));
      out.flush();
    } else {
      table();
      stages();
    }
    summary();
    return counts.violations() == 0;
  }

  private void event(FeedEvent event) {
    long at = event.atNanos();
    if (at == Times.NONE && event instanceof FeedEvent.PodSeen seen) {
      at = VersionTime.of(seen.pod());
    }
    clock = Math.max(clock, at);
    repair.accept(event, clock, story);
  }

  private void refused(long line, Rejected rejected) {
    refused++;
    counts.refused(rejected);
    if (refused <= TOLD_MAX) {
      console.warn(name + ": line " + line + ": " + rejected.detail());
    } else if (refused == TOLD_MAX + 1) {
      console.warn("further documents that cannot be read are counted only");
    }
  }

  private void table() {
    List<ObservedPod> pods = new ArrayList<>(shard.pods());
    pods.sort(Comparator.comparing(ObservedPod::namespace).thenComparing(ObservedPod::name));
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"NAMESPACE", "NAME", "PHASE", "READY", "RESTARTS", "NODE", "NEXT"});
    for (ObservedPod pod : pods) {
      rows.add(
          new String[] {
            pod.namespace(),
            pod.name(),
            pod.phase().text() + (pod.deleting() ? ", deleted" : ""),
            Boolean.toString(pod.ready()),
            Integer.toString(pod.restarts()),
            pod.node(),
            OutputJson.next(pod.next(rules))
          });
    }
    print(rows);
  }

  private void stages() {
    List<StageLine> lines = times.lines("");
    if (!lines.isEmpty()) {
      out.println();
      StageTable.draw(lines).forEach(out::println);
      out.flush();
    }
  }

  private void print(List<String[]> rows) {
    int columns = rows.getFirst().length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int k = 0; k < columns; k++) {
        widths[k] = Math.max(widths[k], row[k].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int k = 0; k < columns; k++) {
        line.append(row[k]).append(" ".repeat(widths[k] - row[k].length() + 3));
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private void summary() {
    if (quiet) {
      return;
    }
    console.info(
        String.format(
            Locale.ROOT,
            "documents %,d, refused %,d; pods %,d; transitions %,d; findings %,d, of them violations"
                + " %,d; repaired: %s",
            documents,
            refused,
            shard.pods().size(),
            counts.transitions(),
            counts.findings(),
            counts.violations(),
            repair.anomalies().total() == 0 ? "nothing" : repair.anomalies().counts().toString()));
  }

  /** The repaired story of each pod goes to the shard. */
  private final class Story implements RepairedSink {
    @Override
    public void pod(Pod pod, boolean first, long atNanos) {
      shard.version(pod, atNanos);
    }

    @Override
    public void gone(PodRef pod, @Nullable Pod last, Gone why, long atNanos) {
      if (last == null) {
        shard.gone(pod.identity(), atNanos);
      } else {
        shard.gone(last, atNanos);
      }
    }

    @Override
    public void rekeyed(String name, String uid) {
      shard.rekey(name, uid);
    }
  }

  private final class Sink implements ShardSink {
    @Override
    public void transition(ObservedPod pod, ObservedTransition transition) {
      counts.transition(pod, transition);
    }

    @Override
    public void finding(ObservedPod pod, Finding finding) {
      counts.finding(pod, finding);
      lines.print(pod, finding);
    }

    @Override
    public void readyFirst(ObservedPod pod) {
      counts.readyFirst(pod);
      times.readyFirst(pod);
      if (json) {
        out.println(new String(writer.stages(pod), StandardCharsets.UTF_8));
      }
    }

    @Override
    public void changed(ObservedPod pod) {}

    @Override
    public void forgotten(ObservedPod pod) {}

    @Override
    public void totals(GroupTotals totals) {}

    @Override
    public void totalsGone(String group, String name) {}
  }
}
