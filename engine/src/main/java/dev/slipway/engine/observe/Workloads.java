package dev.slipway.engine.observe;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import java.util.regex.Pattern;

/**
 * The workload behind an owner. A Deployment names its ReplicaSets after itself and the hash it
 * labels their pods with (pkg/controller/deployment/sync.go), a CronJob its Jobs after itself and
 * the minute they were due (pkg/controller/cronjob/cronjob_controllerv2.go getJobName).
 */
final class Workloads {
  private static final String TEMPLATE_HASH = "pod-template-hash";
  private static final Pattern MINUTES = Pattern.compile(".+-[23]\\d{7}");
  private static final byte MINUTES_SUFFIX = 9;

  private Workloads() {}

  /** How many characters of the owner's name are not the workload's own, 0: it is the workload. */
  static byte suffix(OwnerReference owner, ObjectMeta meta) {
    switch (owner.kind()) {
      case "ReplicaSet" -> {
        String hash = meta.labels().getOrDefault(TEMPLATE_HASH, "");
        boolean template =
            !hash.isEmpty()
                && hash.length() < Byte.MAX_VALUE
                && owner.name().length() > hash.length() + 1
                && owner.name().endsWith("-" + hash);
        return template ? (byte) (hash.length() + 1) : 0;
      }
      case "Job" -> {
        return MINUTES.matcher(owner.name()).matches() ? MINUTES_SUFFIX : 0;
      }
      default -> {
        return 0;
      }
    }
  }

  static String name(ObservedPod pod) {
    if (pod.ownerKind.isEmpty()) {
      return "Pod";
    }
    if (pod.ownerSuffix == 0) {
      return pod.owner();
    }
    String kind = pod.ownerKind.equals("Job") ? "CronJob" : "Deployment";
    return kind + "/" + pod.ownerName.substring(0, pod.ownerName.length() - pod.ownerSuffix);
  }
}
