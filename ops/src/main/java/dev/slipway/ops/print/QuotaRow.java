package dev.slipway.ops.print;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Quantity;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** One resource quota as a row of {@code kubectl get resourcequota}. */
public final class QuotaRow {
  public static final List<String> COLUMNS = List.of("Name", "Request", "Limit", "Age");

  private static final int MILLI = -3;

  private QuotaRow() {}

  /** The cells of a quota's row at a time in epoch nanoseconds. */
  public static List<String> of(JsonNode quota, long now) {
    JsonNode status = quota.path("status");
    var hard = new TreeMap<String, JsonNode>();
    for (Map.Entry<String, JsonNode> amount : status.path("hard").properties()) {
      hard.put(amount.getKey(), amount.getValue());
    }
    var requests = new StringJoiner(", ");
    var limits = new StringJoiner(", ");
    hard.forEach((name, amount) -> {
      StringJoiner column = name.startsWith("limits.") ? limits : requests;
      column.add(name + ": " + text(status.path("used").path(name)) + "/" + text(amount));
    });
    return List.of(
        quota.path("metadata").path("name").asText(),
        requests.toString(),
        limits.toString(),
        HumanDuration.since(quota.path("metadata").path("creationTimestamp"), now));
  }

  /** An amount as it is stored: rounded up to milli. */
  private static String text(JsonNode amount) {
    return amount.isMissingNode() || amount.isNull()
        ? "0"
        : Quantity.parse(amount.asText().strip()).roundUp(MILLI).toString();
  }
}
