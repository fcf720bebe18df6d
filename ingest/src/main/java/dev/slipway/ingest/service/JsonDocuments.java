package dev.slipway.ingest.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into JSON documents: lines, or documents over several lines one after the other as
 * kubectl prints them. Only strings and brackets are looked at; whether a document is good is for
 * its reader to say. What is too long is handed over cut, so that it is refused, and the stream
 * goes on with the next line that begins a document.
 */
public final class JsonDocuments {
  private final InputStream in;
  private final int bytesMax;
  private long line = 1;
  private long begins;

  /** Documents of at most so many bytes. */
  public JsonDocuments(InputStream in, int bytesMax) {
    this.in = in;
    this.bytesMax = bytesMax;
  }

  /** The line the last document begins in, from 1. */
  public long line() {
    return begins;
  }

  /** The next document, null at the end of the stream. */
  public byte @Nullable [] next() throws IOException {
    int b = skipBlanks();
    if (b < 0) {
      return null;
    }
    begins = line;
    var document = new ByteArrayOutputStream(4096);
    return b == '{' || b == '[' ? brackets(b, document) : restOfLine(b, document);
  }

  private int read() throws IOException {
    int b = in.read();
    if (b == '\n') {
      line++;
    }
    return b;
  }

  private int skipBlanks() throws IOException {
    int b = read();
    while (b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == 0x1e) {
      b = read();
    }
    return b;
  }

  private byte[] brackets(int first, ByteArrayOutputStream document) throws IOException {
    int depth = 0;
    boolean text = false;
    boolean escaped = false;
    for (int b = first; b >= 0; b = read()) {
      document.write(b);
      if (text) {
        text = escaped || b != '"';
        escaped = !escaped && b == '\\';
      } else if (b == '"') {
        text = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return document.toByteArray();
      }
      if (document.size() > bytesMax) {
        return restOfLine(-1, document);
      }
    }
    return document.toByteArray();
  }

  /** To the end of the line; what is beyond the bound is dropped. */
  private byte[] restOfLine(int first, ByteArrayOutputStream document) throws IOException {
    if (first >= 0) {
      document.write(first);
    }
    for (int b = read(); b >= 0 && b != '\n'; b = read()) {
      if (document.size() <= bytesMax) {
        document.write(b);
      }
    }
    return document.toByteArray();
  }
}
