package dev.slipway.ops.conformance;

import dev.slipway.engine.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks of the lifecycle engine: whole lives and single decisions. */
final class EngineChecks implements TopicChecks {
  @Override
  public Map<String, VectorCheck> checks() {
    Map<String, VectorCheck> checks = new LinkedHashMap<>();
    checks.put("trace/trace", new TraceCheck(Profile.K8S_1_37));
    checks.put("trace/trace-more", new TraceCheck(Profile.K8S_1_37));
    checks.put("trace/trace-1.36", new TraceCheck(Profile.K8S_1_36));
    checks.put("trace/trace-1.33", new TraceCheck(Profile.K8S_1_33));
    checks.putAll(new KuberuntimeChecks().checks());
    checks.putAll(new StatusChecks().checks());
    checks.putAll(new ProberChecks().checks());
    return checks;
  }
}
