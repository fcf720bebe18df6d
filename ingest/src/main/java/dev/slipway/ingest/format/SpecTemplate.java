package dev.slipway.ingest.format;

import dev.slipway.engine.api.PodSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The spec that the pods of one controller have in common. Theirs differ in the node, and in the
 * name of the volume with the service account's token, which admission makes up for each pod and
 * nobody reads.
 */
final class SpecTemplate implements Recent.Entry {
  /** From the service account admission (plugin/pkg/admission/serviceaccount, 1.37). */
  static final String TOKEN_VOLUME = "kube-api-access-";

  private static final byte[] TOKEN_NAME =
      ("\"" + TOKEN_VOLUME).getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NODE_NAME = ",\"nodeName\":".getBytes(StandardCharsets.US_ASCII);

  /** Letters that admission adds to the name. */
  private static final int SUFFIX = 5;

  private static final int HOLES_MAX = 64;
  private static final int NO_SEAM = -1;
  private static final int BYTES_MAX = 64 * 1024;

  /** After so many misses in a row the pods have nothing in common, or not now. */
  private static final int MISSES_MAX = 16;

  /** The first manager of fields: who made the pods. */
  final LastVersion maker = new LastVersion();

  /** Without node; {@code holes} are the suffixes that differ, {@code seam} is the node's place. */
  private byte[] bytes = new byte[0];

  private int[] holes = new int[0];
  private int seam = NO_SEAM;
  private int tokens;
  private int depth;
  private int misses;
  private @Nullable PodSpec unbound;

  /** What was made last of it with a node: pods of a node and controller share that too. */
  private @Nullable PodSpec bound;

  @Override
  public void clear() {
    maker.clear();
    misses = 0;
    forget();
  }

  private void forget() {
    unbound = null;
    bound = null;
  }

  /** The spec at the cursor, which then stands behind it; null if it is another. */
  @Nullable PodSpec take(JsonCursor cursor, Texts texts) {
    PodSpec spec = unbound;
    if (spec == null || cursor.depth() > depth) {
      return null;
    }
    int from = cursor.at;
    int before = cursor.tokens();
    if (!stands(cursor, from, 0, seam)) {
      return null;
    }
    cursor.jump(seam, tokens);
    String node = "";
    if (cursor.literal(NODE_NAME)) {
      cursor.string();
      node = texts.lastShared();
    }
    int rest = cursor.at;
    if (!stands(cursor, rest, seam, bytes.length)) {
      cursor.back(from, before);
      return null;
    }
    cursor.jump(bytes.length - seam, 0);
    misses = 0;
    return node.isEmpty() ? spec : on(node, spec);
  }

  private PodSpec on(String node, PodSpec spec) {
    PodSpec same = bound;
    if (same == null || !same.nodeName().equals(node)) {
      same = spec.withNodeName(node);
      bound = same;
    }
    return same;
  }

  /** Whether the part from there on stands at a place of the record. */
  private boolean stands(JsonCursor cursor, int at, int from, int to) {
    byte[] record = cursor.bytes;
    int shift = at - from;
    if (to + shift > record.length) {
      return false;
    }
    int begin = from;
    for (int hole : holes) {
      if (hole < from || hole >= to) {
        continue;
      }
      if (!Arrays.equals(bytes, begin, hole, record, begin + shift, hole + shift)
          || !plain(record, hole + shift)) {
        return false;
      }
      begin = hole + SUFFIX;
    }
    return Arrays.equals(bytes, begin, to, record, begin + shift, to + shift);
  }

  /** Admission takes lower-case letters and digits. */
  private static boolean plain(byte[] record, int from) {
    for (int i = from; i < from + SUFFIX; i++) {
      byte c = record[i];
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes the spec between there and the cursor as the template. That nothing depends on what may
   * differ is tried out: the spec is read again with other suffixes.
   *
   * @param seamAt where the node's name stands or would stand, in bytes of the record: behind a
   *     value, before the comma
   * @param nodeTo the end of the node's name, {@code seamAt} if there is none
   */
  void put(
      JsonCursor cursor,
      int from,
      int seamAt,
      int nodeTo,
      PodSpec read,
      Supplier<PodSpec> reader,
      LastVersion.Budget budget) {
    if (misses++ > MISSES_MAX && misses % MISSES_MAX != 0) {
      return;
    }
    forget();
    int size = cursor.at - from - (nodeTo - seamAt);
    if (seamAt < from || size > BYTES_MAX || !budget.take(size - bytes.length)) {
      return;
    }
    bytes = new byte[size];
    seam = seamAt - from;
    System.arraycopy(cursor.bytes, from, bytes, 0, seam);
    System.arraycopy(cursor.bytes, nodeTo, bytes, seam, size - seam);
    holes = holes(bytes);
    depth = cursor.depth();
    PodSpec spec = read.nodeName().isEmpty() ? read : read.withNodeName("");
    PodSpec other = cursor.aside(otherwise(), reader);
    tokens = cursor.tokensAside();
    if (spec.equals(other)) {
      unbound = spec;
    }
  }

  private static int[] holes(byte[] bytes) {
    int[] found = new int[HOLES_MAX];
    int count = 0;
    int last = bytes.length - TOKEN_NAME.length - SUFFIX - 1;
    for (int i = 1; i <= last && count < HOLES_MAX; i++) {
      int hole = i + TOKEN_NAME.length;
      if (bytes[i] == '"'
          && bytes[i - 1] != '\\'
          && bytes[hole + SUFFIX] == '"'
          && Arrays.equals(bytes, i, hole, TOKEN_NAME, 0, TOKEN_NAME.length)
          && plain(bytes, hole)) {
        found[count++] = hole;
        i = hole + SUFFIX;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The template's bytes with each letter that may differ another one. */
  private byte[] otherwise() {
    byte[] other = bytes.clone();
    for (int hole : holes) {
      for (int i = hole; i < hole + SUFFIX; i++) {
        other[i] = (byte) (other[i] == 'z' ? 'a' : 'z');
      }
    }
    return other;
  }
}
