package dev.slipway.ops.replay;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Puts the footer of a Parquet file in order. The writer lists the encodings of a column in the
 * order of a hash set of enums, which is another one in each process; the same rows are to give the
 * same bytes.
 */
final class ParquetFooter {
  /** Length of the footer and the magic number. */
  private static final int TAIL = 8;

  private ParquetFooter() {}

  static void sort(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer tail = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int footer = bytes.length - TAIL - tail.getInt(bytes.length - TAIL);
    FileMetaData data =
        Util.readFileMetaData(
            new ByteArrayInputStream(bytes, footer, bytes.length - TAIL - footer));
    for (RowGroup group : requireNonNull(data.getRow_groups())) {
      for (ColumnChunk column : requireNonNull(group.getColumns())) {
        ColumnMetaData about = requireNonNull(column.getMeta_data());
        Collections.sort(requireNonNull(about.getEncodings()));
        if (about.isSetEncoding_stats()) {
          Collections.sort(requireNonNull(about.getEncoding_stats()));
        }
      }
    }
    var sorted = new ByteArrayOutputStream(bytes.length);
    sorted.write(bytes, 0, footer);
    Util.writeFileMetaData(data, sorted);
    int length = sorted.size() - footer;
    sorted.write(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array(), 0, 4);
    byte[] magic = Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length);
    sorted.write(magic, 0, magic.length);
    Files.write(file, sorted.toByteArray());
  }
}
