package dev.slipway.ingest.schema;

import dev.slipway.ingest.schema.ApiType.Field;
import dev.slipway.ingest.schema.ApiType.Kind;
import dev.slipway.ingest.schema.ApiType.ListOf;
import dev.slipway.ingest.schema.ApiType.MapOf;
import dev.slipway.ingest.schema.ApiType.Primitive;
import dev.slipway.ingest.schema.ApiType.Struct;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The types of the objects that carry pods, read from a resource whose head explains its form. */
public final class ApiSchema {
  private static final String RESOURCE = "pod-api.txt";
  private static final Map<String, Kind> PRIMITIVES =
      Map.of(
          "string", Kind.STRING,
          "bool", Kind.BOOL,
          "int32", Kind.INT32,
          "int64", Kind.INT64,
          "quantity", Kind.QUANTITY,
          "intOrString", Kind.INT_OR_STRING,
          "time", Kind.TIME,
          "any", Kind.ANY);

  private static final ApiSchema POD_API = load();

  private final Map<String, ApiType> types = new HashMap<>();

  private ApiSchema() {}

  /** The pod and the workloads that carry a template of one. */
  public static ApiSchema podApi() {
    return POD_API;
  }

  /** The struct of that name; asking for an unknown one is a mistake. */
  public Struct struct(String name) {
    if (types.get(name) instanceof Struct struct) {
      return struct;
    }
    throw new IllegalArgumentException("no such type in the schema: " + name);
  }

  /** The struct of that name, null if the schema has none. */
  public @Nullable Struct find(String name) {
    return types.get(name) instanceof Struct struct ? struct : null;
  }

  private static ApiSchema load() {
    try (InputStream bytes =
        Objects.requireNonNull(
            ApiSchema.class.getResourceAsStream("/dev/slipway/ingest/schema/" + RESOURCE),
            RESOURCE)) {
      List<String> lines =
          new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .toList();
      var schema = new ApiSchema();
      schema.declare(lines);
      schema.fill(lines);
      return schema;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names first, so that types may refer to later ones. */
  private void declare(List<String> lines) {
    for (String line : lines) {
      if (!line.startsWith(" ") && !line.contains("=")) {
        types.put(line.strip(), new Struct(line.strip()));
      }
    }
    for (String line : lines) {
      if (!line.startsWith(" ") && line.contains("=")) {
        String[] words = line.strip().split(" +", -1);
        String prefix = words.length > 3 ? words[3] : "v1";
        types.put(words[0], named(type(words[2]), prefix + "." + words[0]));
      }
    }
  }

  private static ApiType named(ApiType type, String name) {
    return switch (type) {
      case Primitive(Kind kind, _) -> new Primitive(kind, name);
      case MapOf(ApiType value, _) -> new MapOf(value, name);
      case ListOf list -> list;
      case Struct struct -> struct;
    };
  }

  private void fill(List<String> lines) {
    var embedded = new HashMap<Struct, Map<String, Struct>>();
    Struct open = null;
    for (String line : lines) {
      String[] words = line.strip().split(" +", -1);
      if (!line.startsWith(" ")) {
        open = find(words[0]);
      } else if (open != null && words[0].equals("+")) {
        embedded.computeIfAbsent(open, _ -> new HashMap<>()).put(words[1], struct(words[1]));
      } else if (open != null) {
        boolean optional = words[1].endsWith("?");
        String type = optional ? words[1].substring(0, words[1].length() - 1) : words[1];
        open.add(new Field(words[0], type(type), "", optional));
      }
    }
    embedded.forEach((outer, inner) ->
        inner.forEach((name, struct) ->
            struct
                .fields()
                .forEach(f -> outer.add(new Field(f.name(), f.type(), name, f.optional())))));
  }

  private ApiType type(String text) {
    if (text.startsWith("[")) {
      return new ListOf(type(text.substring(1, text.length() - 1)));
    }
    if (text.startsWith("{")) {
      return new MapOf(type(text.substring(1, text.length() - 1)), "");
    }
    Kind kind = PRIMITIVES.get(text);
    if (kind != null) {
      return new Primitive(kind, "");
    }
    ApiType type = types.get(text);
    if (type == null) {
      throw new IllegalStateException("unknown type in " + RESOURCE + ": " + text);
    }
    return type;
  }
}
