package dev.slipway.ops.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.DocumentationRule;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PhaseSplit;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The sums of one pod about to be made: what it requests, what bounds it, and why. */
public final class PodSums {
  private static final String INDENT = "  ";

  private final PodResources pod;
  private final QosClass qos;
  private final ResourceList request;
  private final ResourceList limit;
  private final List<String> unlimited;
  private final PhaseSplit split;
  private final DocumentationRule page;
  private final SortedSet<String> names = new TreeSet<>();

  private PodSums(PodResources pod) {
    this.pod = pod;
    qos = QosRules.compute(pod);
    request = EffectiveResources.podRequests(pod, ResourceOptions.SPEC);
    limit = EffectiveResources.podLimits(pod, ResourceOptions.SPEC);
    split = PhaseSplit.ofRequests(pod);
    unlimited = PodFigures.unlimited(pod);
    page = DocumentationRule.of(pod);
    names.add(Amounts.CPU);
    names.add(Amounts.MEMORY);
    names.addAll(request.toMap().keySet());
    names.addAll(limit.toMap().keySet());
  }

  /** The sums of that pod. */
  public static PodSums of(PodResources pod) {
    return new PodSums(pod);
  }

  private boolean isEmpty() {
    return request.isEmpty() && limit.isEmpty();
  }

  private String limit(String name) {
    return unlimited.contains(name) ? Amounts.NONE : amount(limit, name);
  }

  private static String amount(ResourceList list, String name) {
    Quantity amount = list.get(name);
    return amount == null ? Amounts.NOTHING : amount.toString();
  }

  /** A line per resource and the QoS class. */
  public List<String> table() {
    String quality = "QoS class " + qos.text();
    if (isEmpty()) {
      return List.of(quality + "; no requests, no limits");
    }
    var table =
        new TextTable(
            List.of("RESOURCE", "REQUEST", "LIMIT", "INIT PEAK", "STEADY", "UNUSED AFTER START"));
    for (String name : names) {
      table.add(
          List.of(
              name,
              amount(request, name),
              limit(name),
              amount(split.initPeak(), name),
              amount(split.steady(), name),
              amount(split.unusedAfterStart(), name)));
    }
    var lines = new ArrayList<>(table.lines());
    lines.add(quality);
    return lines;
  }

  /**
   * Which container sets which number at which moment.
   *
   * @param startOf when a container of that name starts, such as "1.5s"; empty for never
   */
  public List<String> explanation(UnaryOperator<String> startOf) {
    var lines = new ArrayList<String>();
    for (String name : names) {
      explain(lines, Explanation.ofRequest(pod, name), amount(request, name), startOf);
      pageRule(lines, name, request, page.requests());
      if (limit.has(name)) {
        boolean open = unlimited.contains(name);
        String effective = (open ? "none, declared " : "") + amount(limit, name);
        explain(lines, Explanation.ofLimit(pod, name), effective, startOf);
        pageRule(lines, name, limit, page.limits());
      }
      bounds(lines, name);
    }
    return lines;
  }

  private static void explain(
      List<String> lines,
      Explanation explanation,
      String effective,
      UnaryOperator<String> startOf) {
    if (explanation.isEmpty()) {
      return;
    }
    lines.add(explanation.title() + " " + effective);
    explanation.lines(startOf).forEach(line -> lines.add(INDENT + line));
  }

  private static void pageRule(
      List<String> lines, String name, ResourceList effective, ResourceList byPage) {
    if (!effective.getOrZero(name).equals(byPage.getOrZero(name))) {
      lines.add(INDENT + "the documentation page's shorter formula says " + byPage.getOrZero(name));
    }
  }

  private void bounds(List<String> lines, String name) {
    if (!unlimited.contains(name) || isEmpty()) {
      return;
    }
    List<String> open = Explanation.withoutLimit(pod, name);
    if (!limit.has(name)) {
      lines.add(name + " limit none");
    }
    lines.add(INDENT + "nothing bounds the pod: no limit in " + String.join(", ", open));
  }

  /** The sums as a tree. */
  public void write(ObjectNode node) {
    node.put("qosClass", qos.text());
    for (String name : names) {
      ObjectNode entry = node.withObject("/resources").putObject(name);
      put(entry, "request", request, name);
      entry.put("limit", limit(name));
      put(entry, "declaredLimit", limit, name);
      put(entry, "initPeak", split.initPeak(), name);
      put(entry, "steady", split.steady(), name);
      put(entry, "unusedAfterStart", split.unusedAfterStart(), name);
      put(entry, "documentationPageRequest", page.requests(), name);
      put(entry, "documentationPageLimit", page.limits(), name);
    }
  }

  private static void put(ObjectNode node, String field, ResourceList list, String name) {
    Quantity amount = list.get(name);
    if (amount != null) {
      node.put(field, amount.toString());
    }
  }
}
