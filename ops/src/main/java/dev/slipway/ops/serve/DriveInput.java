package dev.slipway.ops.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.format.Format;
import dev.slipway.ingest.format.Outcome;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.manifest.ManifestReader;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ops.log.Console;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is driven: manifests, read whole and checked before anything starts, and feeds of JSON
 * lines, read while the pods run. Files ending in {@code .jsonl} or {@code .ndjson} are feeds, and
 * those whose first line is a record of a known format.
 */
public final class DriveInput {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> LINES = List.of(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz");
  private static final List<String> MANIFESTS =
      List.of(".yaml", ".yml", ".json", ".yaml.gz", ".yml.gz", ".json.gz");
  private static final int GZIP_MAGIC_0 = 0x1f;
  private static final int GZIP_MAGIC_1 = 0x8b;

  private final @Nullable Integer replicas;
  private final RefusedLines refused;
  private final List<PodFeed> feeds = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private long pods;

  private DriveInput(@Nullable Integer replicas, Console console) {
    this.replicas = replicas;
    this.refused = new RefusedLines(console);
  }

  /**
   * Reads manifests and finds feeds.
   *
   * @param files files, folders, or {@code -} for stdin
   * @param replicas pods of each manifest, null: as many as each says
   * @param console where lines that cannot be read are told
   */
  public static DriveInput open(List<String> files, @Nullable Integer replicas, Console console)
      throws IOException {
    DriveInput input = new DriveInput(replicas, console);
    for (String file : files) {
      if (file.equals("-")) {
        input.stream("stdin", System.in);
      } else if (Files.isDirectory(Path.of(file))) {
        input.folder(Path.of(file));
      } else {
        input.file(Path.of(file));
      }
    }
    return input;
  }

  /** Everything wrong with manifests. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Nothing with pods was found. */
  public boolean isEmpty() {
    return feeds.isEmpty();
  }

  /** Pods the manifests make; what feeds bring is not known. */
  public long pods() {
    return pods;
  }

  /** A run with those options. */
  public Drive drive(DriveOptions options, Console console) {
    PodFeed all =
        (intake, binder) -> {
          for (PodFeed feed : feeds) {
            feed.run(intake, binder);
          }
        };
    return new Drive(options, all, refused, console);
  }

  private void folder(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (endsWith(file, LINES) || endsWith(file, MANIFESTS)) {
          file(file);
        }
      }
    }
  }

  private void file(Path file) throws IOException {
    boolean lines = endsWith(file, LINES);
    if (!lines && !Files.isRegularFile(file)) {
      stream(file.toString(), Files.newInputStream(file));
      return;
    }
    if (!lines) {
      try (BufferedInputStream in = plain(Files.newInputStream(file))) {
        lines = beginsWithARecord(in);
      }
    }
    if (lines) {
      feeds.add(new LineFeed(file.toString(), () -> plain(Files.newInputStream(file)), refused));
    } else {
      manifests(ManifestReader.strict().read(file));
    }
  }

  /** What can be read once only: stdin, a pipe. */
  private void stream(String name, InputStream bytes) throws IOException {
    BufferedInputStream in = plain(bytes);
    if (isObject(firstLine(in))) {
      feeds.add(new LineFeed(name, () -> in, refused));
    } else {
      manifests(ManifestReader.strict().read(name, in));
    }
  }

  private void manifests(ManifestResult result) {
    problems.addAll(result.problems());
    if (!result.pods().isEmpty()) {
      pods += ManifestFeed.pods(result.pods(), replicas);
      feeds.add(new ManifestFeed(result.pods(), replicas));
    }
  }

  private static boolean endsWith(Path file, List<String> endings) {
    return endings.stream().anyMatch(file.toString()::endsWith);
  }

  private static BufferedInputStream plain(InputStream bytes) throws IOException {
    BufferedInputStream in = new BufferedInputStream(bytes, 1 << 16);
    in.mark(2);
    boolean compressed = in.read() == GZIP_MAGIC_0 && in.read() == GZIP_MAGIC_1;
    in.reset();
    return compressed ? new BufferedInputStream(new GZIPInputStream(in), 1 << 16) : in;
  }

  /** A single object and a list may be a manifest as well, and are read as one. */
  private static boolean beginsWithARecord(BufferedInputStream in) throws IOException {
    Outcome first = RecordDecoder.create(1).decode(firstLine(in), _ -> {});
    return first instanceof Format format && format != Format.OBJECT && format != Format.LIST;
  }

  private static boolean isObject(byte[] line) {
    try {
      return line.length > 0 && line[0] == '{' && MAPPER.readTree(line).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  /** The first line that is not blank; the stream stays where it is. */
  private static byte[] firstLine(BufferedInputStream in) throws IOException {
    in.mark(FeedLimits.RECORD_BYTES_MAX);
    byte[] bytes = new byte[FeedLimits.RECORD_BYTES_MAX];
    int length = 0;
    for (int b = in.read(); b >= 0 && length < bytes.length - 1; b = in.read()) {
      if (b == '\n' && length > 0) {
        break;
      }
      if (b > ' ' || length > 0) {
        bytes[length++] = (byte) b;
      }
    }
    in.reset();
    return Arrays.copyOf(bytes, length);
  }
}
