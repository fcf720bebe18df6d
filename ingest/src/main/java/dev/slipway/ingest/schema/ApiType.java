package dev.slipway.ingest.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type of the Kubernetes API. */
public sealed interface ApiType {
  /** The type as the server's own messages name it. */
  String goName();

  /** The kinds of value a field without fields of its own can have. */
  enum Kind {
    STRING("string"),
    BOOL("bool"),
    INT32("int32"),
    INT64("int64"),
    QUANTITY("resource.Quantity"),
    INT_OR_STRING("intstr.IntOrString"),
    TIME("v1.Time"),
    /** Not looked into: its content decides nothing here. */
    ANY("any");

    private final String goName;

    Kind(String goName) {
      this.goName = goName;
    }
  }

  /** A value; {@code name} is empty for one without a name of its own. */
  record Primitive(Kind kind, String name) implements ApiType {
    @Override
    public String goName() {
      return name.isEmpty() ? kind.goName : name;
    }
  }

  /** A list of one type. */
  record ListOf(ApiType element) implements ApiType {
    @Override
    public String goName() {
      return "[]" + element.goName();
    }
  }

  /** A map from texts; {@code name} is empty for one without a name of its own. */
  record MapOf(ApiType value, String name) implements ApiType {
    @Override
    public String goName() {
      return name.isEmpty() ? "map[string]" + value.goName() : name;
    }
  }

  /**
   * A field.
   *
   * @param owner embedded type the field comes from, empty if it is the type's own
   * @param optional whether absent and zero differ
   */
  record Field(String name, ApiType type, String owner, boolean optional) {}

  /** An object with fields. Filled while the schema is read, never after. */
  final class Struct implements ApiType {
    private final String name;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    Struct(String name) {
      this.name = name;
    }

    void add(Field field) {
      fields.put(field.name(), field);
    }

    Iterable<Field> fields() {
      return fields.values();
    }

    /** The field of that exact name, null if there is none. */
    public @Nullable Field field(String fieldName) {
      return fields.get(fieldName);
    }

    /** The type's name without package. */
    public String name() {
      return name;
    }

    @Override
    public String goName() {
      return "v1." + name;
    }
  }
}
