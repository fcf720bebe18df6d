package dev.slipway.ops.conformance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ops.conformance.ConformanceReport.Counter;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs recorded cases against this build. Files are streamed line by line; chunks of lines are
 * answered by a small pool and counted in file order, so that two runs print the same.
 */
public final class ConformanceRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Verdict NO_CHECK = new Verdict.Unsupported("no check for this file");

  /** One more thread than this reads the lines. */
  private static final int THREADS = 2;

  /** Lines per task: enough to hide the hand-over, few enough to keep the pool busy to the end. */
  private static final int CHUNK = 32;

  /** Chunks in flight; bounds the lines held in memory. */
  private static final int IN_FLIGHT = 16;

  /**
   * Cases at once of a check that waits: enough that waits of seconds overlap, few enough that two
   * processors serve each in time.
   */
  private static final int WAITING = 64;

  private static final int STACK_LINES = 6;

  private final Map<String, VectorCheck> checks;
  private final DataFolders data;
  private final @Nullable String only;
  private final int keep;
  private final Consumer<String> progress;

  /**
   * Prepares a run.
   *
   * @param checks the checks by file name
   * @param data where {@code in.file} is looked for
   * @param only part of the name of the rows to run, null for all
   * @param keep how many differences of a row are kept
   * @param progress told from time to time how far the run is
   */
  public ConformanceRun(
      Map<String, VectorCheck> checks,
      DataFolders data,
      @Nullable String only,
      int keep,
      Consumer<String> progress) {
    this.checks = Map.copyOf(checks);
    this.data = data;
    this.only = only;
    this.keep = keep;
    this.progress = progress;
  }

  private record Case(String row, String line) {}

  private record Answer(String row, String id, Verdict verdict) {}

  /** Runs all files that are wanted. */
  ConformanceReport run(List<VectorFile> files) throws IOException {
    var counters = new LinkedHashMap<String, Counter>();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (VectorFile file : files) {
        if (mayBeWanted(file)) {
          VectorCheck check = checks.get(file.name());
          if (check != null && check.waits()) {
            runFile(file, check, waiting, 1, WAITING, counters);
          } else {
            runFile(file, check, pool, CHUNK, IN_FLIGHT, counters);
          }
        }
      }
    } finally {
      pool.shutdownNow();
      waiting.shutdownNow();
    }
    return new ConformanceReport(counters.values().stream().map(Counter::row).toList());
  }

  private boolean mayBeWanted(VectorFile file) {
    return only == null || file.hasThemes() || file.name().contains(only);
  }

  private boolean wanted(String row) {
    return only == null || row.contains(only);
  }

  private void runFile(
      VectorFile file,
      @Nullable VectorCheck check,
      ExecutorService pool,
      int size,
      int atOnce,
      Map<String, Counter> counters)
      throws IOException {
    var inFlight = new ArrayDeque<Future<List<Answer>>>();
    var chunk = new ArrayList<Case>(size);
    int read = 0;
    try (BufferedReader lines = file.lines()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        String row = file.hasThemes() ? file.row(id(line)) : file.name();
        if (!wanted(row)) {
          continue;
        }
        read++;
        if (check == null) {
          count(new Answer(row, "", NO_CHECK), counters);
          continue;
        }
        chunk.add(new Case(row, line));
        if (chunk.size() == size) {
          submit(check, chunk, pool, inFlight);
          chunk = new ArrayList<>(size);
          collect(inFlight, atOnce, counters);
          progress.accept(file.name() + ": " + read + " cases");
        }
      }
    }
    submit(check == null ? (vector, folders) -> NO_CHECK : check, chunk, pool, inFlight);
    collect(inFlight, 0, counters);
  }

  private void submit(
      VectorCheck check,
      List<Case> chunk,
      ExecutorService pool,
      ArrayDeque<Future<List<Answer>>> inFlight) {
    inFlight.add(pool.submit(() -> chunk.stream().map(c -> answer(check, c)).toList()));
  }

  private void collect(
      ArrayDeque<Future<List<Answer>>> inFlight, int leave, Map<String, Counter> counters) {
    while (inFlight.size() > leave) {
      try {
        inFlight.remove().get().forEach(answer -> count(answer, counters));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a check could not be run", e.getCause());
      }
    }
  }

  private void count(Answer answer, Map<String, Counter> counters) {
    counters
        .computeIfAbsent(answer.row(), row -> new Counter(row, keep))
        .add(answer.id(), answer.verdict());
  }

  private Answer answer(VectorCheck check, Case recorded) {
    String id = "";
    try {
      JsonNode vector = JSON.readTree(recorded.line());
      id = vector.path("id").asText();
      return new Answer(recorded.row(), id, check.check(vector, data));
    } catch (Exception | StackOverflowError | AssertionError e) {
      return new Answer(recorded.row(), id, new Verdict.Failed("(an answer)", top(e)));
    }
  }

  private static String top(Throwable thrown) {
    var text = new StringBuilder(thrown.toString());
    StackTraceElement[] stack = thrown.getStackTrace();
    for (int i = 0; i < Math.min(STACK_LINES, stack.length); i++) {
      text.append("\n  at ").append(stack[i]);
    }
    return text.toString();
  }

  /** The id of a case without reading the rest of it; ids stand first. */
  static String id(String line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("id");
        parser.nextToken();
        if (found) {
          return parser.getText();
        }
        parser.skipChildren();
      }
    }
    return "";
  }
}
