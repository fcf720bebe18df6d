package dev.slipway.ops.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ops.pods.StageLine;

/** Stage times of a workload as a line of a stream. */
final class StageJson {
  private StageJson() {}

  static String line(StageLine line) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", "stage-times");
    json.setAll(line.json());
    json.remove("order");
    return json.toString();
  }
}
