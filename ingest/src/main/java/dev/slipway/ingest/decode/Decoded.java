package dev.slipway.ingest.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A decoded object.
 *
 * @param tree the known fields in normal form: what is zero and cannot be told from absent is left
 *     out
 * @param strictErrors unknown and repeated fields, in the server's words
 */
public record Decoded(ObjectNode tree, List<String> strictErrors) {
  public Decoded {
    strictErrors = List.copyOf(strictErrors);
  }
}
