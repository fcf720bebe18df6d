package dev.slipway.ops.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * A table that is written as CSV and as Parquet. A value is a String, a Long, a Double, or null
 * where there is none (an empty field, a null).
 *
 * @param columns names with the type of their values, in order
 */
record Table(String name, Map<String, Type> columns, Iterable<List<?>> rows) {
  /** What the values of a column are. */
  enum Type {
    TEXT,
    WHOLE,
    NUMBER
  }

  void write(Path folder) throws IOException {
    csv(folder.resolve(name + ".csv"));
    parquet(folder.resolve(name + ".parquet"));
  }

  private void csv(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(String.join(",", columns.keySet()));
      out.write('\n');
      var line = new StringBuilder();
      for (List<?> row : rows) {
        line.setLength(0);
        for (int k = 0; k < row.size(); k++) {
          Object value = row.get(k);
          line.append(k == 0 ? "" : ",").append(value == null ? "" : Csv.field(text(value)));
        }
        out.write(line.append('\n').toString());
      }
    }
  }

  private static String text(Object value) {
    return value instanceof Double number ? Figures.plain(number) : value.toString();
  }

  private void parquet(Path file) throws IOException {
    Files.deleteIfExists(file);
    MessageType schema = schema();
    List<String> names = List.copyOf(columns.keySet());
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      var groups = new SimpleGroupFactory(schema);
      for (List<?> row : rows) {
        Group group = groups.newGroup();
        for (int k = 0; k < names.size(); k++) {
          add(group, names.get(k), row.get(k));
        }
        out.write(group);
      }
    }
    ParquetFooter.sort(file);
  }

  private static void add(Group group, String column, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Long whole -> group.add(column, whole.longValue());
      case Double number -> group.add(column, number.doubleValue());
      default -> group.add(column, value.toString());
    }
  }

  private MessageType schema() {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    columns.forEach((column, type) -> {
      switch (type) {
        case TEXT ->
            schema
                .optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(column);
        case WHOLE -> schema.optional(PrimitiveTypeName.INT64).named(column);
        case NUMBER -> schema.optional(PrimitiveTypeName.DOUBLE).named(column);
      }
    });
    return schema.named(name);
  }
}
