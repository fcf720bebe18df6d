package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pod may be created or resized under the quotas of its namespace (rules;
 * source: apiserver {@code admission/plugin/resourcequota/controller.go}, 1.37).
 */
public final class QuotaAdmission {
  private QuotaAdmission() {}

  /** What came of a request. */
  public sealed interface Answer {
    /** The pod may pass; used amounts of the quotas afterwards, in the order given. */
    record Admitted(List<ResourceList> used) implements Answer {}

    /** The pod is refused. */
    record Denied(String message) implements Answer {}
  }

  /** A pod that is to be created. */
  public static Answer create(List<ResourceQuota> quotas, String podName, QuotaPod pod, long now) {
    return check(quotas, podName, pod, null, now);
  }

  /**
   * A pod that is to be resized: only what grows is charged, where the quota counted the pod
   * before.
   */
  public static Answer resize(
      List<ResourceQuota> quotas, String podName, QuotaPod pod, QuotaPod before, long now) {
    return check(quotas, podName, pod, before, now);
  }

  private static Answer check(
      List<ResourceQuota> quotas,
      String podName,
      QuotaPod pod,
      @Nullable QuotaPod before,
      long now) {
    var counting = new ArrayList<ResourceQuota>();
    for (ResourceQuota quota : quotas) {
      String refusal = refusal(quota, podName, pod, counting);
      if (!refusal.isEmpty()) {
        return new Answer.Denied(refusal);
      }
    }
    ResourceList usage = QuotaUsage.of(pod, now);
    String negative = negativeNames(usage);
    if (!negative.isEmpty()) {
      return forbidden(podName, "quota usage is negative for resource(s): " + negative);
    }
    ResourceList growth = before == null ? usage : growth(usage, QuotaUsage.of(before, now));
    var used = new ArrayList<ResourceList>();
    for (ResourceQuota quota : quotas) {
      if (!counting.contains(quota)) {
        used.add(quota.used());
        continue;
      }
      boolean countedBefore = before != null && quota.match(before).matches();
      ResourceList requested = masked(countedBefore ? growth : usage, quota.hard());
      ResourceList after = quota.used().plus(requested);
      String exceeded = exceeded(quota, requested, after);
      if (!exceeded.isEmpty()) {
        return forbidden(podName, exceeded);
      }
      used.add(after);
    }
    return new Answer.Admitted(List.copyOf(used));
  }

  /**
   * Why a quota refuses the pod whatever its usage, empty if it does not; a quota that counts the
   * pod is noted.
   */
  private static String refusal(
      ResourceQuota quota, String podName, QuotaPod pod, List<ResourceQuota> counting) {
    for (QuotaScope scope : quota.scopes()) {
      QuotaScope.Match match = scope.match(pod);
      if (!match.error().isEmpty()) {
        return "error matching scopes of quota "
            + quota.name()
            + ", err: "
            + scopeError(scope, match);
      }
    }
    if (!quota.match(pod).matches()) {
      return "";
    }
    List<String> tracked = QuotaUsage.tracked(quota.hard());
    String missing = QuotaUsage.missing(pod.resources(), tracked);
    if (!missing.isEmpty()) {
      return prefix(podName) + "failed quota: " + quota.name() + ": " + missing;
    }
    if (!tracked.stream().allMatch(quota.used()::has)) {
      String names = String.join(",", tracked);
      return prefix(podName)
          + "status unknown for quota: "
          + quota.name()
          + ", resources: "
          + names;
    }
    counting.add(quota);
    return "";
  }

  /** As the reference words it. */
  public static String scopeError(QuotaScope scope, QuotaScope.Match match) {
    return "error on matching scope " + scope + ": " + match.error();
  }

  private static Answer forbidden(String podName, String why) {
    return new Answer.Denied(prefix(podName) + why);
  }

  private static String prefix(String podName) {
    return "pods \"" + podName + "\" is forbidden: ";
  }

  private static String negativeNames(ResourceList usage) {
    var names = new TreeSet<String>();
    for (int i = 0; i < usage.size(); i++) {
      if (usage.amount(i).signum() < 0) {
        names.add(usage.name(i));
      }
    }
    return String.join(",", names);
  }

  private static ResourceList growth(ResourceList usage, ResourceList before) {
    var growth = new ResourceSums(usage.size());
    for (int i = 0; i < usage.size(); i++) {
      Quantity more = usage.amount(i).subtract(before.getOrZero(usage.name(i)));
      if (more.signum() > 0) {
        growth.put(usage.name(i), more);
      }
    }
    return growth.toList();
  }

  /** What is charged: names of the quota with an amount other than zero. */
  private static ResourceList masked(ResourceList usage, ResourceList hard) {
    var masked = new ResourceSums(hard.size());
    for (int i = 0; i < usage.size(); i++) {
      if (hard.has(usage.name(i)) && !usage.amount(i).isZero()) {
        masked.put(usage.name(i), usage.amount(i));
      }
    }
    return masked.toList();
  }

  private static String exceeded(ResourceQuota quota, ResourceList requested, ResourceList after) {
    var asked = new StringBuilder();
    var used = new StringBuilder();
    var limited = new StringBuilder();
    for (int i = 0; i < requested.size(); i++) {
      String name = requested.name(i);
      Quantity hard = quota.hard().getOrZero(name);
      if (after.getOrZero(name).compareTo(hard) > 0) {
        append(asked, name, requested.amount(i));
        append(limited, name, hard);
        Quantity before = quota.used().get(name);
        if (before != null) {
          append(used, name, before);
        }
      }
    }
    return asked.isEmpty()
        ? ""
        : "exceeded quota: "
            + quota.name()
            + ", requested: "
            + asked
            + ", used: "
            + used
            + ", limited: "
            + limited;
  }

  private static void append(StringBuilder text, String name, Quantity amount) {
    text.append(text.isEmpty() ? "" : ",").append(name).append('=').append(amount);
  }
}
