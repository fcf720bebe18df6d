package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the small set of cases a build ships: the first lines of every theme of every file, as
 * many per theme as fit the number per file. Cases that need a data folder stay out.
 */
final class SampleWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Cases per file. */
  private static final int CASES = 60;

  /** Characters per file before compression, so that large cases do not swell the build. */
  private static final int CHARACTERS = 400_000;

  private final Path folder;

  SampleWriter(Path folder) {
    this.folder = folder;
  }

  void write(List<VectorFile> files) throws IOException {
    var index = new ArrayList<String>();
    for (VectorFile file : files) {
      String name = file.name() + VectorFile.GZIP;
      List<String> picked = pick(file, Math.max(1, CASES / Math.max(1, countThemes(file))));
      if (!picked.isEmpty()) {
        writeFile(picked, folder.resolve(name));
        index.add(name);
      }
    }
    Files.writeString(folder.resolve(VectorFiles.INDEX), String.join("\n", index) + "\n");
  }

  private static void writeFile(List<String> lines, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try (var out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(target)), StandardCharsets.UTF_8))) {
      for (String line : lines) {
        out.write(line);
        out.write('\n');
      }
    }
  }

  private static int countThemes(VectorFile file) throws IOException {
    var seen = new HashMap<String, Integer>();
    try (BufferedReader lines = file.lines()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        seen.merge(theme(JSON.readTree(line)), 1, Integer::sum);
      }
    }
    return seen.size();
  }

  private static List<String> pick(VectorFile file, int perTheme) throws IOException {
    var picked = new ArrayList<String>();
    Map<String, Integer> seen = new HashMap<>();
    int characters = 0;
    try (BufferedReader lines = file.lines()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode vector = JSON.readTree(line);
        boolean small = characters + line.length() <= CHARACTERS;
        if (picked.size() < CASES
            && small
            && !vector.path("in").has("file")
            && seen.merge(theme(vector), 1, Integer::sum) <= perTheme) {
          picked.add(line);
          characters += line.length();
        }
      }
    }
    return picked;
  }

  /**
   * What a case is about: the theme in its id, the kind or operation of its input, its first tag.
   */
  private static String theme(JsonNode vector) {
    JsonNode in = vector.path("in");
    return VectorFile.theme(vector.path("id").asText())
        + "/"
        + in.path("kind").asText()
        + "/"
        + in.path("op").asText()
        + "/"
        + vector.path("tags").path(0).asText();
  }
}
