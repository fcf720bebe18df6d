package dev.slipway.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of a command from a file (YAML or JSON, keys are the options' long names) and from the
 * environment ({@code SLIPWAY_} and the name in capitals). A flag wins over the environment, that
 * over the file, that over the default.
 */
final class ServeConfig implements IDefaultValueProvider {
  static final String OPTION = "--config";
  static final String KAFKA = "kafka-property";
  private static final String ENVIRONMENT = "SLIPWAY_";
  private static final List<String> SECRET =
      List.of("password", "passphrase", "secret", "jaas", "token", "credential");

  private final Map<String, String> environment;
  private final @Nullable String file;
  private final Map<String, JsonNode> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ServeConfig(@Nullable String file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /** The file is named by the arguments or by {@code SLIPWAY_CONFIG}; there may be none. */
  static ServeConfig of(List<String> arguments, Map<String, String> environment) {
    String file = environment.get(ENVIRONMENT + "CONFIG");
    for (int k = 0; k < arguments.size(); k++) {
      String argument = arguments.get(k);
      if (argument.equals(OPTION) && k + 1 < arguments.size()) {
        file = arguments.get(k + 1);
      } else if (argument.startsWith(OPTION + "=")) {
        file = argument.substring(OPTION.length() + 1);
      }
    }
    ServeConfig config = new ServeConfig(file, environment);
    config.read();
    return config;
  }

  private void read() {
    String name = file;
    if (name == null) {
      return;
    }
    try {
      JsonNode root = new YAMLMapper().readTree(Files.readAllBytes(Path.of(name)));
      if (!root.isObject()) {
        problems.add(name + ": must be a map of options");
        return;
      }
      root.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      problems.add(name + ": " + reason.lines().findFirst().orElse(reason));
    }
  }

  /** Everything wrong with the file and the environment, for a command of those options. */
  List<String> problems(CommandSpec command) {
    List<String> all = new ArrayList<>(problems);
    values.forEach((key, value) -> {
      OptionSpec option = command.findOption("--" + key);
      String reason =
          key.equals(KAFKA)
              ? wrongProperties(value)
              : option == null ? "no such option" : wrong(option, value);
      if (reason != null) {
        all.add(file + ": " + key + ": " + reason);
      }
    });
    for (OptionSpec option : command.options()) {
      String variable = variable(option);
      String set = environment.get(variable);
      String reason =
          set == null || set.isEmpty() ? null : wrong(option, TextNode.valueOf(set.strip()));
      if (reason != null) {
        all.add(variable + ": " + reason);
      }
    }
    return all;
  }

  private static @Nullable String wrongProperties(JsonNode value) {
    boolean map = value.isObject();
    for (JsonNode property : value) {
      map &= property.isValueNode();
    }
    return map ? null : "must be a map of properties";
  }

  private static @Nullable String wrong(OptionSpec option, JsonNode value) {
    Class<?> type = option.type();
    if (type == boolean.class) {
      boolean fine = value.isBoolean() || value.asText().matches("true|false");
      return fine ? null : "must be true or false: " + value.asText();
    }
    if (type == int.class || type == Integer.class || type == long.class) {
      // Text is what the environment has; a file has numbers.
      boolean fine = value.isIntegralNumber() || value.asText().matches("[+-]?\\d{1,18}");
      return fine && fits(type, value) ? null : "must be a whole number: " + value.asText();
    }
    if (type.isEnum()) {
      return words(type).contains(value.asText().toLowerCase(Locale.ROOT))
          ? null
          : "must be one of " + String.join(", ", words(type)) + ": " + value.asText();
    }
    boolean one = value.isArray() ? value.size() == 1 && value.get(0).isValueNode() : true;
    return one && !value.isObject() ? null : "must be a text";
  }

  private static boolean fits(Class<?> type, JsonNode value) {
    long number = value.asLong();
    return type == long.class || (number == (int) number);
  }

  private static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(word -> ((Enum<?>) word).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String variable(OptionSpec option) {
    return ENVIRONMENT + nameOf(option).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = nameOf(option);
    String set = environment.get(variable(option));
    if (set != null && !set.isEmpty() && !name.equals(KAFKA)) {
      // What is wrong is told with all other mistakes.
      return wrong(option, TextNode.valueOf(set.strip())) == null ? set.strip() : null;
    }
    JsonNode value = values.get(name);
    if (value == null || name.equals(KAFKA) || wrong(option, value) != null) {
      return null;
    }
    return value.isArray() ? value.get(0).asText() : value.asText();
  }

  private static String nameOf(OptionSpec option) {
    return option.longestName().replaceFirst("^--?", "");
  }

  /** Client properties of the file, those of the command line over them. */
  Map<String, String> kafkaProperties(Map<String, String> given) {
    Map<String, String> all = new LinkedHashMap<>();
    JsonNode own = values.get(KAFKA);
    if (own != null) {
      own.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
    }
    all.putAll(given);
    return all;
  }

  /** The values in force, one per line, secrets hidden. */
  static List<String> effective(CommandSpec command, Map<String, String> kafka) {
    Map<String, String> lines = new TreeMap<>();
    for (OptionSpec option : command.options()) {
      Object value = option.getValue();
      String name = nameOf(option);
      boolean about = name.equals("help") || name.equals("version") || name.startsWith("print-");
      if (value != null && !name.equals(KAFKA) && !about) {
        lines.put(name, value.toString());
      }
    }
    List<String> all = new ArrayList<>();
    lines.forEach((name, value) -> all.add(name + ": " + shown(name, value)));
    kafka.forEach((name, value) -> all.add(KAFKA + "." + name + ": " + shown(name, value)));
    return all;
  }

  private static String shown(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean secret = lower.endsWith(".key") || SECRET.stream().anyMatch(lower::contains);
    return secret ? "(hidden)" : value;
  }
}
