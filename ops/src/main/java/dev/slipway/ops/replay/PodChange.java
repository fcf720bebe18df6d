package dev.slipway.ops.replay;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.runtime.BehaviorMatch;
import dev.slipway.engine.state.PodShape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is otherwise about the pods that fit; container changes concern the containers that fit.
 *
 * @param requests amounts by name
 * @param addSidecars init containers with restartPolicy Always, after those there are
 * @param remove the containers that fit go
 * @param nativise app containers that fit become sidecars, after the init containers there are
 * @param probes by type
 * @param grace null: as it is
 * @param overhead null: as it is
 */
record PodChange(
    BehaviorMatch match,
    Map<String, Amount> requests,
    Map<String, Amount> limits,
    List<ContainerSpec> addSidecars,
    boolean remove,
    boolean nativise,
    Map<ProbeType, ProbeChange> probes,
    @Nullable Long grace,
    @Nullable Map<String, Amount> overhead) {
  PodChange {
    requests = Map.copyOf(requests);
    limits = Map.copyOf(limits);
    addSidecars = List.copyOf(addSidecars);
    probes = Map.copyOf(probes);
  }

  /** An amount in place of the one there is, or a factor on it. */
  sealed interface Amount {
    /** In place of whatever is there. */
    record Set(Quantity value) implements Amount {}

    /** Times what is there; nothing stays nothing. */
    record Times(BigDecimal factor) implements Amount {}

    /** No such amount any more. */
    record None() implements Amount {}
  }

  /** What is otherwise about a probe; null: as it is. */
  record ProbeChange(
      boolean remove,
      @Nullable Integer initialDelaySeconds,
      @Nullable Integer periodSeconds,
      @Nullable Integer timeoutSeconds,
      @Nullable Integer failureThreshold,
      @Nullable Integer successThreshold) {}

  boolean fits(ObjectMeta pod) {
    return match.fits(pod);
  }

  /** The spec with the change. */
  PodSpec apply(PodSpec spec) {
    PodShape shape = PodShape.of(spec);
    List<ContainerSpec> init = new ArrayList<>();
    List<ContainerSpec> apps = new ArrayList<>();
    List<ContainerSpec> natives = new ArrayList<>();
    for (int c = 0; c < shape.ephemeralStart; c++) {
      boolean fits = match.fits(shape.container(c), shape.role(c));
      if (fits && remove) {
        continue;
      }
      ContainerSpec container = fits ? changed(shape.container(c)) : shape.container(c);
      if (fits && nativise && shape.isApp(c)) {
        natives.add(asSidecar(container));
      } else if (shape.isApp(c)) {
        apps.add(container);
      } else {
        init.add(container);
      }
    }
    init.addAll(natives);
    Set<String> names = new java.util.HashSet<>();
    init.forEach(container -> names.add(container.name()));
    apps.forEach(container -> names.add(container.name()));
    addSidecars.stream().filter(added -> names.add(added.name())).forEach(init::add);
    return rest(spec.withContainers(init, apps, spec.ephemeralContainers()));
  }

  private ContainerSpec changed(ContainerSpec container) {
    ResourceRequirements resources = container.resources();
    return new ContainerSpec(
        container.name(),
        container.image(),
        container.imagePullPolicy(),
        container.restartPolicy(),
        container.restartPolicyRules(),
        probe(container.startupProbe(), ProbeType.STARTUP),
        probe(container.livenessProbe(), ProbeType.LIVENESS),
        probe(container.readinessProbe(), ProbeType.READINESS),
        container.postStart(),
        container.preStop(),
        container.stopSignal(),
        new ResourceRequirements(
            changed(resources.requests(), requests), changed(resources.limits(), limits)),
        container.resizePolicy(),
        container.volumeMounts(),
        container.ports());
  }

  private static Map<String, Quantity> changed(
      Map<String, Quantity> amounts, Map<String, Amount> changes) {
    Map<String, Quantity> changed = new TreeMap<>(amounts);
    changes.forEach((name, change) -> {
      switch (change) {
        case Amount.Set(Quantity value) -> changed.put(name, value);
        case Amount.None() -> changed.remove(name);
        case Amount.Times(BigDecimal factor) ->
            changed.computeIfPresent(name, (_, amount) -> times(amount, factor));
      }
    });
    return changed;
  }

  private static Quantity times(Quantity amount, BigDecimal factor) {
    return Quantity.of(amount.toBigDecimal().multiply(factor), amount.format());
  }

  private @Nullable ProbeSpec probe(@Nullable ProbeSpec probe, ProbeType type) {
    ProbeChange change = probes.get(type);
    if (probe == null || change == null) {
      return probe;
    }
    return change.remove()
        ? null
        : new ProbeSpec(
            probe.handler(),
            or(change.initialDelaySeconds(), probe.initialDelaySeconds()),
            or(change.timeoutSeconds(), probe.timeoutSeconds()),
            or(change.periodSeconds(), probe.periodSeconds()),
            or(change.successThreshold(), probe.successThreshold()),
            or(change.failureThreshold(), probe.failureThreshold()),
            probe.terminationGracePeriodSeconds());
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private static ContainerSpec asSidecar(ContainerSpec container) {
    return new ContainerSpec(
        container.name(),
        container.image(),
        container.imagePullPolicy(),
        RestartPolicy.ALWAYS,
        List.of(),
        container.startupProbe(),
        container.livenessProbe(),
        container.readinessProbe(),
        container.postStart(),
        container.preStop(),
        container.stopSignal(),
        container.resources(),
        container.resizePolicy(),
        container.volumeMounts(),
        container.ports());
  }

  private PodSpec rest(PodSpec spec) {
    Map<String, Amount> over = overhead;
    return new PodSpec(
        spec.restartPolicy(),
        grace == null ? spec.terminationGracePeriodSeconds() : grace,
        spec.activeDeadlineSeconds(),
        spec.hostNetwork(),
        spec.nodeName(),
        spec.readinessGates(),
        spec.initContainers(),
        spec.containers(),
        spec.ephemeralContainers(),
        spec.resources(),
        over == null ? spec.overhead() : changed(spec.overhead(), over),
        spec.priority(),
        spec.priorityClassName());
  }
}
