package dev.slipway.engine.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PhaseSplit;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.QuotaPod;
import dev.slipway.engine.resources.QuotaScope;
import dev.slipway.engine.resources.RandomPods;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.engine.resources.ResourceQuota;
import dev.slipway.engine.resources.UnlimitedResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Totals equal a slow recount after any sequence of changes. To repeat a failure:
 * the seed is the test's parameter.
 */
class TotalsPropertyTest {
  private static final int STEPS = 600;
  private static final int CHECK_EVERY = 40;
  private static final List<String> NODES = List.of(Totals.UNSCHEDULED, "n1", "n2", "n3");
  private static final List<String> NAMESPACES = List.of("a", "b");
  private static final List<String> CLASSES = List.of("", "high");

  /** What the test knows of a pod, apart from the totals. */
  private static final class Known {
    final PodKeys keys;
    PodResources resources;
    String node;
    PodPhase phase = PodPhase.PENDING;
    boolean ready;
    long restarts;
    boolean updated;

    /** Being deleted for longer than its grace period: it still takes room, quota lets it go. */
    boolean overdue;

    final PodEntry entry;

    Known(PodKeys keys, PodResources resources, String node, PodEntry entry) {
      this.keys = keys;
      this.resources = resources;
      this.node = node;
      this.entry = entry;
    }

    boolean counts() {
      return updated && !phase.terminal();
    }

    boolean charged() {
      return counts() && !overdue;
    }

    QuotaPod quotaPod() {
      return new QuotaPod(
          resources,
          !charged(),
          Times.NONE,
          null,
          keys.hasDeadline() ? 5L : null,
          keys.priorityClass(),
          keys.crossNamespaceAffinity());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 20240601, 99})
  void totalsEqualARecountAfterAnySequenceOfChanges(long seed) {
    var random = new SplittableRandom(seed);
    var pods = new RandomPods(random);
    var totals = new Totals();
    var known = new ArrayList<Known>();
    for (int step = 1; step <= STEPS; step++) {
      step(random, pods, totals, known);
      if (step % CHECK_EVERY == 0) {
        check(totals.image(), known);
      }
    }
    while (!known.isEmpty()) {
      totals.remove(known.remove(known.size() - 1).entry);
    }
    check(totals.image(), known);
    assertThat(totals.image().cluster().requests()).isEqualTo(ResourceList.EMPTY);
    assertThat(totals.image().owners().names()).isEmpty();
    assertThat(totals.image().nodes().names()).isEmpty();
  }

  private static void step(
      SplittableRandom random, RandomPods pods, Totals totals, List<Known> known) {
    int choice = random.nextInt(10);
    if (known.isEmpty() || choice < 3) {
      PodResources resources = pods.next();
      var keys =
          new PodKeys(
              pick(random, NAMESPACES),
              QosRules.of(resources),
              "ReplicaSet/rs" + random.nextInt(3),
              pick(random, CLASSES),
              random.nextBoolean(),
              random.nextBoolean());
      String node = pick(random, NODES);
      known.add(new Known(keys, resources, node, totals.add(keys, node)));
      return;
    }
    Known pod = known.get(random.nextInt(known.size()));
    if (choice == 3) {
      totals.remove(pod.entry);
      known.remove(pod);
    } else if (choice == 4) {
      pod.node = pick(random, NODES);
      totals.move(pod.entry, pod.node);
    } else {
      update(random, pods, totals, pod, choice == 5);
    }
  }

  private static void update(
      SplittableRandom random, RandomPods pods, Totals totals, Known pod, boolean resize) {
    if (resize) {
      PodResources other = pods.next();
      if (QosRules.of(other) == pod.keys.qos()) {
        pod.resources = other;
      }
    }
    pod.updated = true;
    pod.phase = PodPhase.values()[random.nextInt(PodPhase.values().length)];
    pod.ready = random.nextBoolean();
    pod.restarts += random.nextInt(3);
    pod.overdue = random.nextInt(5) == 0;
    totals.update(
        pod.entry,
        pod.phase,
        pod.ready,
        pod.restarts,
        pod.phase.terminal() ? Contribution.NONE : totals.contribution(pod.resources),
        pod.charged());
  }

  private static <T> T pick(SplittableRandom random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static void check(TotalsImage image, List<Known> known) {
    same(image.cluster(), known, _ -> true);
    NODES.forEach(node -> same(image.nodes().get(node), known, pod -> pod.node.equals(node)));
    NAMESPACES.forEach(
        ns -> same(image.namespaces().get(ns), known, pod -> pod.keys.namespace().equals(ns)));
    CLASSES.forEach(name ->
        same(image.priorities().get(name), known, pod -> pod.keys.priorityClass().equals(name)));
    for (QosClass qos : QosClass.values()) {
      same(image.qosClasses().get(qos.text()), known, pod -> pod.keys.qos() == qos);
    }
    for (String owner : image.owners().names()) {
      same(
          image.owners().get(owner),
          known,
          pod -> owner.equals(pod.keys.namespace() + "/" + pod.keys.owner()));
    }
    NAMESPACES.forEach(ns -> quotas(image, ns, known));
    partsAddUp(image);
  }

  private static void same(GroupTotals totals, List<Known> all, Predicate<Known> in) {
    List<Known> pods = all.stream().filter(in).toList();
    List<Known> counted = pods.stream().filter(Known::counts).toList();
    assertThat(totals.pods()).isEqualTo(pods.size());
    assertThat(totals.ready()).isEqualTo(pods.stream().filter(pod -> pod.ready).count());
    assertThat(totals.restarts()).isEqualTo(pods.stream().mapToLong(pod -> pod.restarts).sum());
    for (PodPhase phase : PodPhase.values()) {
      assertThat(totals.pods(phase))
          .isEqualTo(pods.stream().filter(pod -> pod.phase == phase).count());
    }
    for (String name : List.of("cpu", "memory")) {
      assertThat(totals.unlimited(name))
          .isEqualTo(
              counted.stream()
                  .filter(pod -> UnlimitedResources.isUnlimited(pod.resources, name))
                  .count());
    }
    assertThat(totals.requests())
        .isEqualTo(
            sum(counted, pod -> EffectiveResources.podRequests(pod, ResourceOptions.SCHEDULER)));
    assertThat(totals.limits())
        .isEqualTo(
            sum(counted, pod -> EffectiveResources.podLimits(pod, ResourceOptions.SCHEDULER)));
    assertThat(totals.initReserved())
        .isEqualTo(sum(counted, pod -> PhaseSplit.ofRequests(pod).unusedAfterStart()));
  }

  private static ResourceList sum(List<Known> pods, Function<PodResources, ResourceList> amounts) {
    ResourceList sum = ResourceList.EMPTY;
    for (Known pod : pods) {
      sum = sum.plus(amounts.apply(pod.resources));
    }
    var nonZero = new TreeMap<>(sum.toMap());
    nonZero.values().removeIf(Quantity::isZero);
    return ResourceList.of(nonZero);
  }

  private static void quotas(TotalsImage image, String namespace, List<Known> known) {
    ResourceList hard =
        ResourceList.of(
            Map.of(
                "count/pods", Quantity.of(1),
                "pods", Quantity.of(1),
                "cpu", Quantity.of(1),
                "requests.memory", Quantity.of(1),
                "limits.memory", Quantity.of(1),
                "requests.nvidia.com/gpu", Quantity.of(1),
                "hugepages-2Mi", Quantity.of(1)));
    List<QuotaPod> pods =
        known.stream()
            .filter(pod -> pod.keys.namespace().equals(namespace))
            .map(Known::quotaPod)
            .toList();
    for (List<QuotaScope> scopes :
        List.of(
            List.<QuotaScope>of(),
            List.of(QuotaScope.exists("BestEffort")),
            List.of(
                QuotaScope.exists("NotTerminating"),
                QuotaScope.exists("CrossNamespacePodAffinity")),
            List.of(new QuotaScope("PriorityClass", "NotIn", List.of("high"))))) {
      var quota = new ResourceQuota("q", scopes, hard, ResourceList.EMPTY);
      assertThat(image.quotas().used(namespace, quota)).isEqualTo(quota.recount(pods, 0));
    }
  }

  private static void partsAddUp(TotalsImage image) {
    ResourceList whole = image.cluster().requests();
    assertThat(partSum(image.nodes())).isEqualTo(whole);
    assertThat(partSum(image.namespaces())).isEqualTo(whole);
  }

  private static ResourceList partSum(GroupImages groups) {
    ResourceList sum = ResourceList.EMPTY;
    for (String name : groups.names()) {
      sum = sum.plus(groups.get(name).requests());
    }
    return sum;
  }

  @Test
  void anImageStaysAsItWas() {
    var totals = new Totals();
    PodResources pod = new RandomPods(new SplittableRandom(5)).next();
    var keys = new PodKeys("a", QosRules.of(pod), "ReplicaSet/rs", "", false, false);
    PodEntry entry = totals.add(keys, "n1");
    totals.update(entry, PodPhase.RUNNING, true, 2, totals.contribution(pod), true);
    TotalsImage before = totals.image();
    ResourceList requests = before.nodes().get("n1").requests();
    totals.remove(entry);
    totals.add(new PodKeys("b", QosRules.of(pod), "Job/j", "", false, false), "n2");
    TotalsImage after = totals.image();
    assertThat(before.nodes().names()).containsExactly("n1");
    assertThat(before.nodes().get("n1").requests()).isEqualTo(requests);
    assertThat(before.owners().get("a/ReplicaSet/rs").restarts()).isEqualTo(2);
    assertThat(after.nodes().names()).containsExactly("n2");
    assertThat(after.owners().names()).containsExactly("b/Job/j");
    assertThat(after.owners().get("a/ReplicaSet/rs").pods()).isZero();
  }

  @Test
  void aRemovedPodCanChangeNothing() {
    var totals = new Totals();
    var keys = new PodKeys("a", QosClass.BURSTABLE, "", "", false, false);
    PodEntry entry = totals.add(keys, "n1");
    totals.remove(entry);
    assertThatThrownBy(() -> totals.remove(entry)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> totals.move(entry, "n2")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> totals.update(entry, PodPhase.RUNNING, true, 0, Contribution.NONE, false))
        .isInstanceOf(IllegalStateException.class);
    assertThat(totals.image().cluster().pods()).isZero();
  }
}
