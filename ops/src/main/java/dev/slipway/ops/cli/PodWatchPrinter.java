package dev.slipway.ops.cli;

import dev.slipway.engine.api.Times;
import dev.slipway.ops.pods.PodClient;
import dev.slipway.ops.pods.PodLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints the pods there are, then a row for each change; of a pod that is gone its last one. */
final class PodWatchPrinter implements PodClient.Watcher {
  private final PodPrinter printer;
  private final Set<String> names;
  private final Map<String, PodLine> last = new HashMap<>();
  private List<PodLine> listed = new ArrayList<>();

  /** Prints pods of those names, all if there are none. */
  PodWatchPrinter(PodPrinter printer, Set<String> names) {
    this.printer = printer;
    this.names = names;
  }

  void run(PodClient client, PodClient.Which which) throws IOException, InterruptedException {
    client.watch(which, this);
  }

  private boolean wanted(PodLine line) {
    return names.isEmpty() || names.contains(line.name());
  }

  private static long now() {
    return System.currentTimeMillis() * Times.MILLI;
  }

  @Override
  public void listed(PodLine line) {
    if (wanted(line)) {
      last.put(line.uid(), line);
      listed.add(line);
    }
  }

  @Override
  public void complete() {
    if (!listed.isEmpty()) {
      printer.print(listed, now());
    }
    listed = new ArrayList<>();
  }

  @Override
  public void changed(PodLine line) {
    if (wanted(line)) {
      last.put(line.uid(), line);
      printer.print(List.of(line), now());
    }
  }

  @Override
  public void gone(String uid) {
    PodLine line = last.remove(uid);
    if (line != null) {
      printer.print(List.of(line), now());
    }
  }
}
