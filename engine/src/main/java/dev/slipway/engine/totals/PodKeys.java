package dev.slipway.engine.totals;

import dev.slipway.engine.resources.QosClass;

/**
 * The groups a pod belongs to for life; its node may be given later.
 *
 * @param owner {@code Kind/name} of the controller, empty without one
 * @param priorityClass empty where none is set
 * @param hasDeadline activeDeadlineSeconds is set and not negative (quota scope Terminating)
 * @param crossNamespaceAffinity quota scope CrossNamespacePodAffinity
 */
public record PodKeys(
    String namespace,
    QosClass qos,
    String owner,
    String priorityClass,
    boolean hasDeadline,
    boolean crossNamespaceAffinity) {}
