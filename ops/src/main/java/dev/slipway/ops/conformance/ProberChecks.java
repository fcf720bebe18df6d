package dev.slipway.ops.conformance;

import dev.slipway.engine.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks of topic prober: probe workers in virtual time, their results, single executions. */
final class ProberChecks implements TopicChecks {
  @Override
  public Map<String, VectorCheck> checks() {
    Map<String, VectorCheck> checks = new LinkedHashMap<>();
    checks.put(
        "prober/worker", (vector, data) -> ProberWorkerCheck.check(Profile.K8S_1_37, vector));
    checks.put("prober/workers", ProberManagerCheck::workers);
    checks.put("prober/manager", (vector, data) -> ProbeFlagsCheck.check(Profile.K8S_1_37, vector));
    checks.put("prober/loop", (vector, data) -> ProberLoopCheck.check(Profile.K8S_1_37, vector));
    checks.put("prober/decisions", new ProberDecisionsCheck());
    checks.put("prober/hooks", new ProberHooksCheck());
    return checks;
  }
}
