package dev.slipway.ops.conformance;

import java.util.Map;

/** What the API server stores and refuses, what kubectl prints, how a Job judges its pods. */
final class ApiChecks implements TopicChecks {
  @Override
  public Map<String, VectorCheck> checks() {
    return Map.of(
        "api/decode", new ApiDecodeCheck(),
        "api/defaults", new ApiDefaultsCheck(),
        "api/delete", new ApiDeleteCheck(),
        "api/job", new ApiJobCheck(),
        "api/printer", new ApiPrinterCheck(),
        "api/update-validation", new ApiUpdateCheck(),
        "api/validation", new ApiValidationCheck());
  }
}
