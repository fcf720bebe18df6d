package dev.slipway.ops.replay;

import java.util.List;

/** What a replay leaves out, for help and report. */
public final class NotModelled {
  /** One line each. */
  public static final List<String> LINES =
      List.of(
          "volumes, dynamic resource allocation, network, API latency, scheduler latency",
          "images kept on a node from one pod to the next: every pod pulls its own",
          "controllers, but for the replacement of pods that are evicted, preempted or drained;"
              + " refused pods are not tried again; Jobs keep no back-off count",
          "node pressure other than memory, and that only where pods come with their usage;"
              + " CPU contention slows nothing down",
          "autoscaling of nodes or pods; pod disruption budgets in a drain");

  private NotModelled() {}
}
