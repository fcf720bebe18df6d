package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Limit ranges: what they fill in and what they forbid (rules; source: {@code
 * plugin/pkg/admission/limitranger/admission.go}, 1.37).
 */
public final class LimitRanges {
  private static final int MILLI = -3;
  private static final long MAX_MILLI_VALUE = Long.MAX_VALUE / 1000;

  private LimitRanges() {}

  /**
   * Whether limit ranges are looked at: when a pod is made or resized, and not once it is being
   * deleted.
   *
   * @param subresource what an update is of, empty for the pod itself
   */
  public static boolean apply(boolean create, String subresource, boolean deleting) {
    return !deleting && (create ? subresource.isEmpty() : subresource.equals("resize"));
  }

  /** The range as the API server stores it. */
  public static LimitRange stored(LimitRange range) {
    return new LimitRange(range.limits().stream().map(LimitRanges::stored).toList());
  }

  private static LimitRange.Item stored(LimitRange.Item written) {
    ResourceList max = rounded(written.max());
    ResourceList min = rounded(written.min());
    ResourceList limits = rounded(written.defaultLimits());
    ResourceList requests = rounded(written.defaultRequests());
    ResourceList ratio = rounded(written.maxLimitRequestRatio());
    if (written.type().equals(LimitRange.CONTAINER)) {
      limits = limits.orElse(max);
      requests = requests.orElse(limits).orElse(min);
    }
    return new LimitRange.Item(written.type(), max, min, limits, requests, ratio);
  }

  private static ResourceList rounded(ResourceList list) {
    return list.map(amount -> amount.roundUp(MILLI));
  }

  /**
   * A pod after a range has filled in what containers left open, and the annotation that tells
   * (R-101).
   */
  public record Filled(PodResources pod, String annotation) {}

  /** Fills in from one stored range; the annotation is empty if nothing was missing. */
  public static Filled fill(LimitRange range, PodResources pod) {
    ResourceList requests = ResourceList.EMPTY;
    ResourceList limits = ResourceList.EMPTY;
    for (LimitRange.Item item : range.limits()) {
      if (item.type().equals(LimitRange.CONTAINER)) {
        requests = item.defaultRequests().orElse(requests);
        limits = item.defaultLimits().orElse(limits);
      }
    }
    var defaults = new Resources(requests, limits);
    var set = new ArrayList<String>();
    List<ContainerResources> apps = fill(pod.containers(), "container ", defaults, set);
    List<ContainerResources> inits = fill(pod.initContainers(), "init container ", defaults, set);
    return new Filled(
        new PodResources(inits, apps, pod.podLevel(), pod.overhead(), pod.status()),
        set.isEmpty() ? "" : "LimitRanger plugin set: " + String.join("; ", set));
  }

  private static List<ContainerResources> fill(
      List<ContainerResources> containers, String kind, Resources defaults, List<String> set) {
    var filled = new ArrayList<ContainerResources>();
    for (ContainerResources container : containers) {
      note(
          set,
          container.requests(),
          defaults.requests(),
          " request for " + kind + container.name());
      note(set, container.limits(), defaults.limits(), " limit for " + kind + container.name());
      filled.add(
          container.with(
              present(container.requests()).orElse(defaults.requests()),
              present(container.limits()).orElse(defaults.limits())));
    }
    return filled;
  }

  private static ResourceList present(ResourceList list) {
    return list.present() ? list : ResourceList.EMPTY;
  }

  private static void note(List<String> set, ResourceList own, ResourceList defaults, String what) {
    var names = new ArrayList<String>();
    for (int i = 0; i < defaults.size(); i++) {
      if (!own.has(defaults.name(i))) {
        names.add(defaults.name(i));
      }
    }
    if (!names.isEmpty()) {
      set.add(String.join(", ", names) + what);
    }
  }

  /** What the pod breaks of a range, one message each. */
  public static List<String> violations(LimitRange range, PodResources pod) {
    var messages = new ArrayList<String>();
    for (LimitRange.Item item : range.limits()) {
      if (item.type().equals(LimitRange.CONTAINER)) {
        pod.containers().forEach(container -> check(item, container.resources(), messages));
        pod.initContainers().forEach(container -> check(item, container.resources(), messages));
      } else if (item.type().equals(LimitRange.POD)) {
        check(item, whole(pod), messages);
      }
    }
    return messages;
  }

  /** containers together, pod-level cpu and memory in their place, no overhead. */
  private static Resources whole(PodResources pod) {
    ResourceList requests = EffectiveResources.containerRequests(pod, ResourceOptions.SPEC);
    ResourceList limits = EffectiveResources.containerLimits(pod, ResourceOptions.SPEC);
    Resources podLevel = pod.podLevel();
    return podLevel == null
        ? new Resources(requests, limits)
        : new Resources(
            overridden(requests, podLevel.requests()), overridden(limits, podLevel.limits()));
  }

  private static ResourceList overridden(ResourceList list, ResourceList podLevel) {
    ResourceList result = list;
    for (String name : List.of(ResourceNames.CPU, ResourceNames.MEMORY)) {
      Quantity amount = podLevel.get(name);
      if (amount != null) {
        result = result.with(name, amount);
      }
    }
    return result;
  }

  private static void check(LimitRange.Item item, Resources resources, List<String> messages) {
    for (int i = 0; i < item.min().size(); i++) {
      new Check(item.type(), item.min().name(i), item.min().amount(i), resources).min(messages);
    }
    for (int i = 0; i < item.max().size(); i++) {
      new Check(item.type(), item.max().name(i), item.max().amount(i), resources).max(messages);
    }
    ResourceList ratio = item.maxLimitRequestRatio();
    for (int i = 0; i < ratio.size(); i++) {
      new Check(item.type(), ratio.name(i), ratio.amount(i), resources).ratio(messages);
    }
  }

  /** One bound on one name; the three amounts are compared at a common precision. */
  private static final class Check {
    private final String type;
    private final String name;
    private final Quantity bound;
    private final boolean hasRequest;
    private final boolean hasLimit;
    private final Quantity request;
    private final Quantity limit;
    private final boolean milli;

    Check(String type, String name, Quantity bound, Resources resources) {
      this.type = type;
      this.name = name;
      this.bound = bound;
      hasRequest = resources.requests().has(name);
      hasLimit = resources.limits().has(name);
      request = resources.requests().getOrZero(name);
      limit = resources.limits().getOrZero(name);
      milli =
          request.value() <= MAX_MILLI_VALUE
              && limit.value() <= MAX_MILLI_VALUE
              && bound.value() <= MAX_MILLI_VALUE;
    }

    private long at(Quantity amount) {
      return milli ? amount.milliValue() : amount.value();
    }

    void min(List<String> messages) {
      String rule = "minimum " + name + " usage per " + type + " is " + bound;
      if (!hasRequest) {
        messages.add(rule + ".  No request is specified");
      } else if (at(request) < at(bound)) {
        messages.add(rule + ", but request is " + request);
      } else if (hasLimit && at(limit) < at(bound)) {
        messages.add(rule + ", but limit is " + limit);
      }
    }

    void max(List<String> messages) {
      String rule = "maximum " + name + " usage per " + type + " is " + bound;
      if (!hasLimit) {
        messages.add(rule + ".  No limit is specified");
      } else if (at(limit) > at(bound)) {
        messages.add(rule + ", but limit is " + limit);
      } else if (hasRequest && at(request) > at(bound)) {
        messages.add(rule + ", but request is " + request);
      }
    }

    void ratio(List<String> messages) {
      String rule = name + " max limit to request ratio per " + type + " is " + bound;
      if (at(request) == 0) {
        messages.add(rule + ", but no request is specified or request is 0");
        return;
      }
      if (at(limit) == 0) {
        messages.add(rule + ", but no limit is specified or limit is 0");
        return;
      }
      double provided = (double) at(limit) / at(request);
      boolean fine = bound.value() <= MAX_MILLI_VALUE;
      if (fine ? provided * 1000 > bound.milliValue() : provided > bound.value()) {
        messages.add(rule + ", but provided ratio is " + sixDecimals(provided));
      }
    }
  }

  /** The number as the reference prints it: rounded from its exact binary value. */
  static String sixDecimals(double value) {
    return new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
  }
}
