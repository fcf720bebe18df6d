package dev.slipway.ops.resources;

import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.totals.GroupTotals;
import dev.slipway.engine.totals.PodKeys;
import dev.slipway.engine.totals.Totals;
import dev.slipway.engine.totals.TotalsImage;
import dev.slipway.ingest.manifest.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of many pods and what they come to.
 *
 * @param namespaces by name
 * @param cluster all together
 * @param differing pods still there whose naive request is not the effective one
 * @param qos agreement of everything read, older versions of pods included
 * @param superseded older versions of pods that were read again later
 */
record ResourceReport(
    List<PodFigures> rows,
    List<Sum> namespaces,
    Sum cluster,
    long differing,
    QosAgreement qos,
    int superseded,
    SortedMap<String, Integer> passedOver,
    List<Problem> problems) {
  ResourceReport {
    rows = List.copyOf(rows);
    namespaces = List.copyOf(namespaces);
    problems = List.copyOf(problems);
  }

  /**
   * Totals of a group; pods that have ended count as pods only.
   *
   * @param totals by the rules
   * @param naive requests by plain arithmetic
   */
  record Sum(String name, GroupTotals totals, ResourceList naive) {
    long ended() {
      return totals.pods(PodPhase.SUCCEEDED) + totals.pods(PodPhase.FAILED);
    }

    /** Pods that take something. */
    long alive() {
      return totals.pods() - ended();
    }

    ResourceList difference() {
      return Naive.difference(totals.requests(), naive);
    }

    /** What plain arithmetic misses, in percent of what it finds. */
    double missedPercent(String resource) {
      Quantity base = naive.getOrZero(resource);
      return base.isZero()
          ? 0
          : 100
              * difference().getOrZero(resource).toBigDecimal().doubleValue()
              / base.toBigDecimal().doubleValue();
    }
  }

  static ResourceReport of(
      List<PodFigures> rows,
      QosAgreement qos,
      int superseded,
      Map<String, Integer> passedOver,
      List<Problem> problems) {
    var effective = new Totals();
    var naive = new Totals();
    long differing = 0;
    for (PodFigures row : rows) {
      PodKeys keys = keys(row);
      add(effective, keys, row, row.resources());
      add(naive, keys, row, Naive.view(row.resources()));
      differing += row.ended() || row.difference().isEmpty() ? 0 : row.pods();
    }
    TotalsImage image = effective.image();
    TotalsImage plain = naive.image();
    var namespaces = new ArrayList<Sum>();
    for (String name : image.namespaces().names()) {
      namespaces.add(
          new Sum(name, image.namespaces().get(name), plain.namespaces().get(name).requests()));
    }
    return new ResourceReport(
        rows,
        namespaces,
        new Sum("", image.cluster(), plain.cluster().requests()),
        differing,
        qos,
        superseded,
        new TreeMap<>(passedOver),
        problems);
  }

  private static void add(Totals totals, PodKeys keys, PodFigures row, PodResources resources) {
    PodPhase phase = row.phase() == null ? PodPhase.PENDING : row.phase();
    if (row.pods() > 0) {
      totals.addMany(keys, row.pod().spec().nodeName(), phase, resources, row.pods());
    }
  }

  private static PodKeys keys(PodFigures row) {
    Pod pod = row.pod();
    Long deadline = pod.spec().activeDeadlineSeconds();
    String owner =
        pod.metadata().ownerReferences().stream()
            .filter(OwnerReference::controller)
            .map(reference -> reference.kind() + "/" + reference.name())
            .findFirst()
            .orElse("");
    return new PodKeys(
        row.namespace(),
        row.qos(),
        owner,
        pod.spec().priorityClassName(),
        deadline != null && deadline >= 0,
        false);
  }
}
