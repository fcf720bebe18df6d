package dev.slipway.ops.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All rules, in the order of the file they are kept in. */
public final class RuleCatalogue {
  private static final String FILE = "/dev/slipway/ops/rules/rules.txt";
  private static final String SOURCE = "source ";
  private static final String SECTION = "section ";
  private static final String SEPARATOR = " \\| ";
  private static final int FIELDS = 3;

  private record Source(String file, String version) {}

  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Map<String, Source> sources = new HashMap<>();
  private String section = "";

  private RuleCatalogue() {}

  /** Reads the catalogue of this build. */
  public static RuleCatalogue read() {
    try (InputStream in = RuleCatalogue.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("not in this build: " + FILE);
      }
      RuleCatalogue catalogue = new RuleCatalogue();
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines.lines().forEach(catalogue::take);
      return catalogue;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith(SECTION)) {
      section = line.substring(SECTION.length());
      return;
    }
    boolean source = line.startsWith(SOURCE);
    String[] fields = line.substring(source ? SOURCE.length() : 0).split(SEPARATOR, FIELDS);
    if (fields.length != FIELDS) {
      throw new IllegalStateException("not a rule: " + line);
    }
    if (source) {
      String version = fields[2].equals("-") ? "" : fields[2];
      sources.put(fields[0], new Source(fields[1], version));
      return;
    }
    Source from = sources.get(fields[1]);
    if (from == null) {
      throw new IllegalStateException("unknown source: " + line);
    }
    Rule rule = new Rule(fields[0], section, fields[2], from.file(), from.version());
    if (rules.put(rule.id(), rule) != null) {
      throw new IllegalStateException("twice in the catalogue: " + rule.id());
    }
  }

  /** All rules. */
  public List<Rule> all() {
    return List.copyOf(rules.values());
  }

  /** The rule of that id, in any case; of a part of a rule, such as P-075b, the whole one. */
  public Optional<Rule> find(String id) {
    String text = id.toUpperCase(Locale.ROOT);
    String stem = text.replaceAll("[A-Z]$", "");
    String part = stem + text.substring(stem.length()).toLowerCase(Locale.ROOT);
    Rule exact = rules.get(part);
    return Optional.ofNullable(exact == null ? rules.get(stem) : exact);
  }
}
