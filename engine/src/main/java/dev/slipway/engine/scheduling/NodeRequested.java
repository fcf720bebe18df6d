package dev.slipway.engine.scheduling;

/**
 * What the pods on a node take as the scheduler counts it.
 *
 * @param milliCpu thousandths of a CPU
 * @param memory bytes
 * @param ephemeralStorage bytes
 * @param nonZeroMilliCpu with stand-ins for containers that name none, for scores
 * @param nonZeroMemory the same, bytes
 */
public record NodeRequested(
    int pods,
    long milliCpu,
    long memory,
    long ephemeralStorage,
    long nonZeroMilliCpu,
    long nonZeroMemory) {}
