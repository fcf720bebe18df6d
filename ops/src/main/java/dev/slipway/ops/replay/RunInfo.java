package dev.slipway.ops.replay;

import java.util.List;
import java.util.Map;

/**
 * What a run was made of, for its manifest and report.
 *
 * @param version of this program
 * @param inputs SHA-256 by file, in the order given
 * @param options as given that change the result
 * @param passedOver objects of the input that were not used, by kind
 */
record RunInfo(
    String version,
    long seed,
    String profile,
    Map<String, String> inputs,
    Map<String, String> options,
    Map<String, Integer> passedOver,
    String machine,
    List<String> notModelled) {
  RunInfo {
    notModelled = List.copyOf(notModelled);
  }
}
