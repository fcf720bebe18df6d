package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a stored LimitRange makes sense (R-106; source: {@code pkg/apis/core/validation}, 1.37).
 */
public final class LimitRangeValidation {
  private static final long MAX_MILLI_VALUE = Long.MAX_VALUE / 1000;
  private static final Quantity ONE = Quantity.of(1);

  private final List<String> problems = new ArrayList<>();

  private LimitRangeValidation() {}

  /** Everything wrong with the range, {@code field: message}; empty if it is valid. */
  public static List<String> problems(LimitRange range) {
    var validation = new LimitRangeValidation();
    var types = new HashSet<String>();
    for (int i = 0; i < range.limits().size(); i++) {
      LimitRange.Item item = range.limits().get(i);
      String path = "spec.limits[" + i + "].";
      if (!types.add(item.type())) {
        validation.add(path + "type", "");
      }
      validation.item(path, item);
    }
    return validation.problems;
  }

  private void add(String field, String message) {
    problems.add(field + ": " + message);
  }

  private void item(String path, LimitRange.Item item) {
    boolean pod = item.type().equals(LimitRange.POD);
    if (pod) {
      forbidden(path + "default", item.defaultLimits());
      forbidden(path + "defaultRequest", item.defaultRequests());
    }
    ResourceList limits = pod ? ResourceList.EMPTY : item.defaultLimits();
    ResourceList requests = pod ? ResourceList.EMPTY : item.defaultRequests();
    var names = new TreeSet<String>();
    for (ResourceList list :
        List.of(item.max(), item.min(), limits, requests, item.maxLimitRequestRatio())) {
      for (int i = 0; i < list.size(); i++) {
        names.add(list.name(i));
      }
    }
    for (String name : names) {
      Quantity min = item.min().get(name);
      Quantity max = item.max().get(name);
      order(path, name, min, max, limits.get(name), requests.get(name));
      ratio(
          path + "maxLimitRequestRatio[" + name + "]",
          item.maxLimitRequestRatio().get(name),
          min,
          max);
    }
  }

  private void forbidden(String field, ResourceList list) {
    if (!list.isEmpty()) {
      add(field, "may not be specified when `type` is 'Pod'");
    }
  }

  /**
   * min, default request, default and max in that order; no difference where overcommitting is
   * impossible.
   */
  private void order(
      String path,
      String name,
      @Nullable Quantity min,
      @Nullable Quantity max,
      @Nullable Quantity limit,
      @Nullable Quantity request) {
    String key = "[" + name + "]";
    atMost(path + "min" + key, "min", min, "max", max);
    atMost(path + "defaultRequest" + key, "min", min, "default request", request);
    atMost(path + "defaultRequest" + key, "default request", request, "max", max);
    atMost(path + "defaultRequest" + key, "default request", request, "default limit", limit);
    atMost(path + "default" + key, "min", min, "default", limit);
    atMost(path + "default" + key, "default", limit, "max", max);
    boolean overcommit = ResourceNames.isNative(name) && !ResourceNames.isHugePages(name);
    if (!overcommit && limit != null && request != null && !limit.equals(request)) {
      add(
          path + "defaultRequest" + key,
          "default value "
              + limit
              + " must equal to defaultRequest value "
              + request
              + " in "
              + name);
    }
  }

  private void atMost(
      String field,
      String smallName,
      @Nullable Quantity small,
      String largeName,
      @Nullable Quantity large) {
    if (small != null && large != null && small.compareTo(large) > 0) {
      add(
          field,
          smallName + " value " + small + " is greater than " + largeName + " value " + large);
    }
  }

  private void ratio(
      String field, @Nullable Quantity ratio, @Nullable Quantity min, @Nullable Quantity max) {
    if (ratio == null) {
      return;
    }
    if (ratio.compareTo(ONE) < 0) {
      add(field, "ratio " + ratio + " is less than 1");
    }
    if (min == null || max == null) {
      return;
    }
    boolean fine =
        ratio.value() < MAX_MILLI_VALUE
            && min.value() < MAX_MILLI_VALUE
            && max.value() < MAX_MILLI_VALUE;
    double bound =
        (double) (fine ? max.milliValue() : max.value()) / (fine ? min.milliValue() : min.value());
    double asked = fine ? ratio.milliValue() / 1000.0 : ratio.value();
    if (asked > bound) {
      add(field, "ratio " + ratio + " is greater than max/min = " + LimitRanges.sixDecimals(bound));
    }
  }
}
