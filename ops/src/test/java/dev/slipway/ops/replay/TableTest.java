package dev.slipway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ops.replay.Table.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableTest {
  @TempDir private Path folder;

  @Test
  void isReadBack() throws IOException {
    Map<String, Type> columns = new LinkedHashMap<>();
    columns.put("name", Type.TEXT);
    columns.put("count", Type.WHOLE);
    columns.put("seconds", Type.NUMBER);
    List<List<?>> rows =
        List.of(
            Arrays.asList("plain", 1L, 0.5),
            Arrays.asList("a \"quoted\", text", -7L, null),
            Arrays.asList("", null, 1e-3));
    new Table("t", columns, rows).write(folder);
    assertThat(Files.readAllLines(folder.resolve("t.csv")))
        .containsExactly(
            "name,count,seconds", "plain,1,0.5", "\"a \"\"quoted\"\", text\",-7,", ",,0.001");
    assertThat(read(folder.resolve("t.parquet")))
        .containsExactly("plain 1 0.5", "a \"quoted\", text -7 null", " null 0.001");
    assertThat(Files.list(folder)).hasSize(2);
  }

  private static List<String> read(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (ParquetReader<Group> reader = new Builder(new LocalInputFile(file)).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        List<String> values = new ArrayList<>();
        for (int k = 0; k < row.getType().getFieldCount(); k++) {
          values.add(row.getFieldRepetitionCount(k) == 0 ? "null" : row.getValueToString(k, 0));
        }
        rows.add(String.join(" ", values));
      }
    }
    return rows;
  }

  private static final class Builder extends ParquetReader.Builder<Group> {
    Builder(InputFile file) {
      super(file, new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
