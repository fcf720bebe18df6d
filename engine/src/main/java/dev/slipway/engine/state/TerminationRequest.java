package dev.slipway.engine.state;

/**
 * Why a node terminates a pod on its own account (rules L-452 to L-454): the status it is to end
 * with.
 *
 * @param reason {@code status.reason}: Evicted, Preempting, Terminated
 * @param message {@code status.message}
 * @param disruptionMessage message of the DisruptionTarget condition; empty: no such condition
 * @param keepsSucceeded a pod whose phase is Succeeded keeps it
 * @param evicts no dead container of the pod is kept from now on
 */
public record TerminationRequest(
    String reason,
    String message,
    String disruptionMessage,
    boolean keepsSucceeded,
    boolean evicts) {}
