package dev.slipway.ops.replay;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QuotaAdmission;
import dev.slipway.engine.resources.QuotaPod;
import dev.slipway.engine.resources.QuotaUsage;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceQuota;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Quota of the namespaces at admission: a pod is charged until it has ended. */
final class Quotas {
  private final Map<String, List<ResourceQuota>> quotas;

  Quotas(Map<String, List<ResourceQuota>> quotas) {
    this.quotas = new HashMap<>(quotas);
  }

  /** Charges the pod; why it is refused, empty if it is not. */
  String admit(PodRecord pod, long now) {
    ObjectMeta meta = pod.input.meta();
    List<ResourceQuota> its = quotas.getOrDefault(meta.namespace(), List.of());
    if (its.isEmpty()) {
      return "";
    }
    return switch (QuotaAdmission.create(its, meta.name(), quotaPod(pod), now)) {
      case QuotaAdmission.Answer.Denied(String why) -> why;
      case QuotaAdmission.Answer.Admitted(List<ResourceList> used) -> {
        quotas.put(meta.namespace(), charged(its, used));
        yield "";
      }
    };
  }

  private static List<ResourceQuota> charged(List<ResourceQuota> quotas, List<ResourceList> used) {
    List<ResourceQuota> charged = new ArrayList<>();
    for (int k = 0; k < quotas.size(); k++) {
      ResourceQuota quota = quotas.get(k);
      charged.add(new ResourceQuota(quota.name(), quota.scopes(), quota.hard(), used.get(k)));
    }
    return charged;
  }

  /** Takes a pod off that was admitted and has ended. */
  void release(PodRecord pod, long now) {
    String namespace = pod.input.meta().namespace();
    List<ResourceQuota> its = quotas.getOrDefault(namespace, List.of());
    if (!its.isEmpty()) {
      QuotaPod counted = quotaPod(pod);
      ResourceList usage = QuotaUsage.of(counted, now);
      quotas.put(
          namespace,
          its.stream()
              .map(quota -> quota.match(counted).matches() ? less(quota, usage) : quota)
              .toList());
    }
  }

  private static ResourceQuota less(ResourceQuota quota, ResourceList usage) {
    ResourceList used = quota.used();
    for (String name : QuotaUsage.tracked(quota.hard())) {
      used = used.with(name, used.getOrZero(name).subtract(usage.getOrZero(name)));
    }
    return new ResourceQuota(quota.name(), quota.scopes(), quota.hard(), used);
  }

  private static QuotaPod quotaPod(PodRecord pod) {
    PodSpec spec = pod.input.shape().spec;
    return new QuotaPod(
        PodResources.of(spec),
        false,
        dev.slipway.engine.api.Times.NONE,
        null,
        spec.activeDeadlineSeconds(),
        spec.priorityClassName(),
        false);
  }
}
