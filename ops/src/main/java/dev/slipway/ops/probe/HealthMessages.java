package dev.slipway.ops.probe;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The two messages of {@code grpc.health.v1}: a request holds the service's name (field 1), a
 * response the serving status (field 1). Both are read and written by hand; a protobuf runtime for
 * two fields would be the larger half of the command.
 */
public final class HealthMessages {
  /** The method, over the messages' bytes. */
  public static final MethodDescriptor<byte[], byte[]> CHECK =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodType.UNARY)
          .setFullMethodName("grpc.health.v1.Health/Check")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private static final int STATUS_TAG = 1 << 3;
  private static final int SERVICE_TAG = 1 << 3 | 2;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private HealthMessages() {}

  static byte[] request(String service) {
    var out = new ByteArrayOutputStream();
    if (!service.isEmpty()) {
      byte[] name = service.getBytes(StandardCharsets.UTF_8);
      out.write(SERVICE_TAG);
      varint(name.length, out);
      out.writeBytes(name);
    }
    return out.toByteArray();
  }

  /** A response that carries that serving status. */
  public static byte[] response(int status) {
    var out = new ByteArrayOutputStream();
    if (status != 0) {
      out.write(STATUS_TAG);
      varint(status, out);
    }
    return out.toByteArray();
  }

  /** The serving status of a response; a message that cannot be read is an INTERNAL error. */
  static int status(byte[] response) {
    var in = new ByteArrayInputStream(response);
    int status = 0;
    while (in.available() > 0) {
      int tag = (int) varint(in);
      switch (tag & 7) {
        case VARINT -> {
          long value = varint(in);
          status = tag == STATUS_TAG ? (int) value : status;
        }
        case FIXED64 -> skip(in, Long.BYTES);
        case LENGTH -> skip(in, varint(in));
        case FIXED32 -> skip(in, Integer.BYTES);
        default -> throw unreadable();
      }
    }
    return status;
  }

  private static void varint(long value, ByteArrayOutputStream out) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long varint(ByteArrayInputStream in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.read();
      if (next < 0) {
        throw unreadable();
      }
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw unreadable();
  }

  private static void skip(ByteArrayInputStream in, long bytes) {
    if (in.skip(bytes) != bytes) {
      throw unreadable();
    }
  }

  private static RuntimeException unreadable() {
    return Status.INTERNAL.withDescription("malformed response").asRuntimeException();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
