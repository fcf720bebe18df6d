package dev.slipway.ops.conformance;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.profile.NodeClock;
import dev.slipway.engine.profile.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks of the lifecycle engine: whole lives and single decisions. */
final class EngineChecks implements TopicChecks {
  /** When the pods of the stock traces arrive: so long after a listing of the runtime. */
  private static final long STOCK_ARRIVAL = 737 * Times.MILLI;

  /**
   * The node of the stock traces: the runtime is listed at whole seconds, deadlines are looked at
   * half a second later; the recorded node never took a pod up again by itself.
   */
  private static final NodeClock STOCK = NodeClock.stock(0, 500 * Times.MILLI).withoutRequeues();

  @Override
  public Map<String, VectorCheck> checks() {
    Map<String, VectorCheck> checks = new LinkedHashMap<>();
    checks.put("trace/trace", new TraceCheck(Profile.K8S_1_37));
    checks.put("trace/trace-more", new TraceCheck(Profile.K8S_1_37));
    checks.put(
        "trace/trace-stock", new TraceCheck(Profile.K8S_1_37.withClock(STOCK), STOCK_ARRIVAL));
    checks.put("trace/trace-1.36", new TraceCheck(Profile.K8S_1_36));
    checks.put("trace/trace-1.33", new TraceCheck(Profile.K8S_1_33));
    checks.putAll(new KuberuntimeChecks().checks());
    checks.putAll(new StatusChecks().checks());
    checks.putAll(new ProberChecks().checks());
    return checks;
  }
}
