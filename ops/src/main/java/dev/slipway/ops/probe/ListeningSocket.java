package dev.slipway.ops.probe;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A socket that remembers how the answer begins: a plain HTTP server may answer to TLS. */
final class ListeningSocket extends Socket {
  private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

  private final byte[] first = new byte[HTTP.length];
  private int heard;

  /** The answer begins as one in plain HTTP does. */
  boolean heardHttp() {
    return heard == HTTP.length && Arrays.equals(first, HTTP);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
          hear(new byte[] {(byte) value}, 0, 1);
        }
        return value;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        hear(bytes, offset, read);
        return read;
      }
    };
  }

  private void hear(byte[] bytes, int offset, int length) {
    for (int k = 0; k < length && heard < first.length; k++) {
      first[heard++] = bytes[offset + k];
    }
  }
}
