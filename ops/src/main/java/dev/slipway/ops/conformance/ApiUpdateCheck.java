package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.DecodeException;
import dev.slipway.ingest.defaults.ApiGates;
import dev.slipway.ingest.validation.PodUpdater;
import dev.slipway.ingest.validation.PodUpdater.Endpoint;
import java.util.List;
import java.util.Locale;

/** {@code api/update-validation}: what the four endpoints refuse, and the generation they store. */
final class ApiUpdateCheck implements VectorCheck {
  @Override
  public Verdict check(JsonNode vector, DataFolders data) throws DecodeException {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    ApiGates gates = ApiValidationCheck.gates(in);
    Endpoint endpoint = Endpoint.valueOf(in.path("op").asText().toUpperCase(Locale.ROOT));
    ObjectNode old = ApiPods.stored(in.path("old"), gates);
    ObjectNode sent = ApiPods.stored(in.path("new"), gates);
    PodUpdater.Result result = new PodUpdater(gates, false).update(endpoint, old, sent);
    return ApiErrors.compare(
        out.path("errors"),
        result.errors(),
        List.of("generation " + out.path("generation").asLong()),
        List.of("generation " + result.pod().path("metadata").path("generation").asLong()));
  }
}
