package dev.slipway.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One YAML document as a tree.
 *
 * @param tree keys of maps sorted, as they are once the server has turned them into JSON
 * @param duplicates keys that stand twice in a map, the later one wins
 */
public record YamlDocument(JsonNode tree, List<DuplicateKey> duplicates) {
  public YamlDocument {
    duplicates = List.copyOf(duplicates);
  }

  /**
   * A key seen before in its map.
   *
   * @param line line of its value, from 1
   */
  public record DuplicateKey(int line, String key) {}
}
