package dev.slipway.ingest.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.api.Pod;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one watch record into a {@link FeedRecord}, or a {@link Rejected} that says
 * why not. Whatever the bytes are, it returns: time and memory are bounded by the constants below,
 * and no exception leaves it. Immutable, may be used by several threads.
 *
 * <p>Fields of the record other than {@code type} and {@code object} are skipped. A field that
 * comes twice is refused: the two readings would differ between parsers.
 */
public final class FeedDecoder {
  /**
   * The API server's own limit on a request body (3 MiB, {@code MaxRequestBodyBytes} of
   * k8s.io/apiserver 1.37) plus the record around the object.
   */
  public static final int RECORD_BYTES_MAX = 3 * 1024 * 1024 + 1024;

  /** The deepest path of a pod has about 15 steps; four times that still cannot exhaust a stack. */
  public static final int DEPTH_MAX = 64;

  /**
   * All annotations together may have 256 KiB, one argument or variable of a Linux process 128 KiB:
   * twice the larger.
   */
  public static final int STRING_CHARS_MAX = 512 * 1024;

  /**
   * A label or annotation key has at most 317 characters, keys in {@code managedFields} hold a few
   * such.
   */
  public static final int NAME_CHARS_MAX = 4096;

  /** A 64-bit number has 20 digits. */
  public static final int NUMBER_CHARS_MAX = 64;

  /**
   * Real pods have some 12 bytes a token, so 3 MiB make 256 Ki; as tree nodes of up to 100 bytes
   * that is 25 MB.
   */
  public static final int TOKENS_MAX = 256 * 1024;

  public static final int DETAIL_CHARS_MAX = 200;

  /** Two lines of a terminal. */
  public static final int SAMPLE_BYTES_MAX = 160;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEPTH_MAX)
          .maxStringLength(STRING_CHARS_MAX)
          .maxNameLength(NAME_CHARS_MAX)
          .maxNumberLength(NUMBER_CHARS_MAX)
          .maxTokenCount(TOKENS_MAX)
          .build();

  /**
   * Names are not interned: label keys are the sender's choice and would stay in the JVM's string
   * table.
   */
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(CONSTRAINTS)
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .build());

  private final PodCodec codec;

  public FeedDecoder(PodCodec codec) {
    this.codec = codec;
  }

  /** Decodes one record; null stands for a record without a value. */
  public Decoded decode(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return new Rejected(RejectReason.EMPTY, "record has no value", -1, "");
    }
    if (bytes.length > RECORD_BYTES_MAX) {
      String detail = "record is too large: bytes=" + bytes.length + " max=" + RECORD_BYTES_MAX;
      return Rejected.of(RejectReason.TOO_LARGE, detail, -1, bytes);
    }
    try (JsonParser parser = MAPPER.getFactory().createParser(bytes)) {
      return toRecord(readEnvelope(parser));
    } catch (Refusal e) {
      return Rejected.of(e.reason, e.detail, e.position, bytes);
    } catch (PodFormatException e) {
      return Rejected.of(RejectReason.INVALID_POD, textOf(e), -1, bytes);
    } catch (StreamConstraintsException e) {
      return Rejected.of(RejectReason.LIMIT_EXCEEDED, e.getOriginalMessage(), positionOf(e), bytes);
    } catch (JsonProcessingException e) {
      return Rejected.of(RejectReason.MALFORMED, e.getOriginalMessage(), positionOf(e), bytes);
    } catch (IOException e) {
      return Rejected.of(RejectReason.MALFORMED, textOf(e), -1, bytes);
    } catch (RuntimeException e) {
      return Rejected.of(RejectReason.READER_FAILED, e.toString(), -1, bytes);
    }
  }

  private static Envelope readEnvelope(JsonParser parser) throws IOException, Refusal {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw notAWatchRecord("record is not a JSON object", parser);
    }
    String type = null;
    JsonNode object = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      switch (parser.currentName()) {
        case "type" -> type = readType(parser, type);
        case "object" -> object = readObject(parser, object);
        default -> {
          parser.nextToken();
          parser.skipChildren();
        }
      }
    }
    if (type == null || object == null) {
      String missing = type == null ? "type" : "object";
      throw new Refusal(RejectReason.NOT_A_WATCH_RECORD, "record has no field " + missing, -1);
    }
    if (parser.nextToken() != null) {
      throw new Refusal(RejectReason.MALFORMED, "something follows the record", offsetOf(parser));
    }
    return new Envelope(type, object);
  }

  private static String readType(JsonParser parser, @Nullable String before)
      throws IOException, Refusal {
    if (before != null) {
      throw notAWatchRecord("type occurs twice", parser);
    }
    if (parser.nextToken() != JsonToken.VALUE_STRING) {
      throw notAWatchRecord("type is not a string", parser);
    }
    String type = parser.getText();
    return switch (type) {
      case "ADDED", "MODIFIED", "DELETED" -> type;
      default ->
          throw new Refusal(RejectReason.UNKNOWN_TYPE, "unknown type: " + type, offsetOf(parser));
    };
  }

  private static JsonNode readObject(JsonParser parser, @Nullable JsonNode before)
      throws IOException, Refusal {
    if (before != null) {
      throw notAWatchRecord("object occurs twice", parser);
    }
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw notAWatchRecord("object is not a JSON object", parser);
    }
    return MAPPER.readTree(parser);
  }

  private Decoded toRecord(Envelope envelope) throws PodFormatException, Refusal {
    requirePod(envelope.object);
    Pod pod = codec.decode(envelope.object);
    requireIdentity(pod);
    return switch (envelope.type) {
      case "ADDED" -> new FeedRecord.Added(pod);
      case "MODIFIED" -> new FeedRecord.Modified(pod);
      default -> new FeedRecord.Deleted(pod);
    };
  }

  /** Items of a list carry neither kind nor version, so both may be absent. */
  private static void requirePod(JsonNode object) throws Refusal {
    JsonNode kind = object.get("kind");
    JsonNode version = object.get("apiVersion");
    boolean pod = kind == null || (kind.isTextual() && kind.textValue().equals("Pod"));
    boolean v1 = version == null || (version.isTextual() && version.textValue().equals("v1"));
    if (!pod || !v1) {
      String detail = "object is not a v1 Pod: apiVersion=" + version + " kind=" + kind;
      throw new Refusal(RejectReason.NOT_A_POD, detail, -1);
    }
  }

  private static void requireIdentity(Pod pod) throws Refusal {
    var metadata = pod.metadata();
    boolean named = !metadata.namespace().isEmpty() && !metadata.name().isEmpty();
    if (metadata.uid().isEmpty() && !named) {
      throw new Refusal(RejectReason.NO_IDENTITY, "pod has neither uid nor namespace and name", -1);
    }
  }

  private static Refusal notAWatchRecord(String detail, JsonParser parser) {
    return new Refusal(RejectReason.NOT_A_WATCH_RECORD, detail, offsetOf(parser));
  }

  private static long offsetOf(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  private static long positionOf(JsonProcessingException e) {
    return e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
  }

  private static String textOf(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private record Envelope(String type, JsonNode object) {}

  /**
   * Carries a refusal out of the reading methods; without a stack trace it costs no more than a
   * value.
   */
  private static final class Refusal extends Exception {
    final RejectReason reason;
    final String detail;
    final long position;

    Refusal(RejectReason reason, String detail, long position) {
      super(detail, null, false, false);
      this.reason = reason;
      this.detail = detail;
      this.position = position;
    }
  }
}
