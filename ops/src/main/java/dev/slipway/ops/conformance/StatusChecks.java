package dev.slipway.ops.conformance;

import dev.slipway.engine.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks of topic status: phase, conditions, container statuses and the status manager. */
final class StatusChecks implements TopicChecks {
  @Override
  public Map<String, VectorCheck> checks() {
    var computed = new ComputedStatusChecks(Profile.K8S_1_37);
    Map<String, VectorCheck> checks = new LinkedHashMap<>();
    checks.put("status/phase", computed::phase);
    checks.put("status/conditions", computed::conditions);
    checks.put("status/apistatus", computed::apiStatus);
    checks.put("status/restartall", computed::restartAll);
    checks.put("status/backofflimits", StartChecks::backOffLimits);
    var manager = new StatusManagerChecks(Profile.K8S_1_37);
    checks.put("status/terminate", manager::terminate);
    checks.put("status/merge", manager::merge);
    checks.put("status/manager", manager::manager);
    return checks;
  }
}
