package dev.slipway.ops.plan;

import java.util.List;

/**
 * What one pod did.
 *
 * @param end when the run ended, nanoseconds after the start
 * @param endedBy why it ended then
 * @param pod the pod's own row
 * @param containers one row each, in spec order
 * @param moments everything that happened
 */
record Timeline(long end, String endedBy, Track pod, List<Track> containers, List<Moment> moments) {
  Timeline {
    containers = List.copyOf(containers);
    moments = List.copyOf(moments);
  }
}
