package dev.slipway.ops.conformance;

import dev.slipway.engine.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks of topic kuberuntime: single decisions of the container runtime manager. */
final class KuberuntimeChecks implements TopicChecks {
  @Override
  public Map<String, VectorCheck> checks() {
    var decisions = new DecisionChecks(Profile.K8S_1_37);
    Map<String, VectorCheck> checks = new LinkedHashMap<>();
    checks.put("kuberuntime/actions", decisions::actions);
    checks.put("kuberuntime/initinfo", decisions::initInfo);
    checks.put("kuberuntime/restart", decisions::restart);
    checks.put("kuberuntime/termination", TerminationCheck::check);
    checks.put("kuberuntime/backoff", StartChecks::backOff);
    checks.put("kuberuntime/imagepull", StartChecks::imagePull);
    checks.put("kuberuntime/hash", StartChecks::hash);
    return checks;
  }
}
