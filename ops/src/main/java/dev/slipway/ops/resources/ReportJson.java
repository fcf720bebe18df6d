package dev.slipway.ops.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.resources.CgroupValues;
import dev.slipway.engine.resources.LinuxContainerResources;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.ops.conformance.ResourceJson;
import java.util.TreeMap;

/** Writes a report as JSON; amounts are texts as the API writes them, "none" is no limit. */
final class ReportJson {
  private ReportJson() {}

  static String text(ResourceReport report) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(tree(report));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode tree(ResourceReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode pods = root.putArray("pods");
    report.rows().forEach(row -> pod(row, pods.addObject()));
    ObjectNode totals = root.putObject("totals");
    ObjectNode cluster = totals.putObject("cluster");
    sum(report.cluster(), cluster);
    cluster.put("podsWithDifference", report.differing());
    ArrayNode namespaces = totals.putArray("namespaces");
    for (ResourceReport.Sum sum : report.namespaces()) {
      ObjectNode node = namespaces.addObject();
      node.put("namespace", sum.name());
      sum(sum, node);
    }
    qos(report.qos(), root.putObject("qosAgreement"));
    ObjectNode summary = root.putObject("summary");
    summary.put("supersededVersions", report.superseded());
    ObjectNode passedOver = summary.putObject("passedOver");
    report.passedOver().forEach(passedOver::put);
    ArrayNode problems = summary.putArray("problems");
    report.problems().forEach(problem -> problems.add(problem.toString()));
    return root;
  }

  private static void pod(PodFigures row, ObjectNode node) {
    node.put("file", row.file());
    node.put("kind", row.kind());
    node.put("namespace", row.namespace());
    node.put("name", row.name());
    node.put("pods", row.pods());
    if (row.phase() != null) {
      node.put("phase", row.phase().text());
    }
    node.put("ended", row.ended());
    node.put("qosClass", row.qos().text());
    if (!row.statusQos().isEmpty()) {
      node.put("statusQosClass", row.statusQos());
    }
    node.set("request", list(row.request()));
    ObjectNode limit = list(row.limit());
    row.unlimited().forEach(name -> limit.put(name, Amounts.NONE));
    node.set("limit", limit);
    node.set("declaredLimit", list(row.limit()));
    node.set("initPeak", list(row.split().initPeak()));
    node.set("steady", list(row.split().steady()));
    node.set("unusedAfterStart", list(row.split().unusedAfterStart()));
    node.set("appContainers", list(row.split().appContainers()));
    node.set("overhead", list(row.resources().overhead()));
    node.set("naive", list(row.naive()));
    node.set("difference", list(row.difference()));
    cgroup(row, node.putObject("cgroup"));
    ArrayNode containers = node.putArray("containers");
    for (PodFigures.ContainerFigures container : row.containers()) {
      ObjectNode entry = containers.addObject();
      entry.put("name", container.name());
      entry.put("role", container.role());
      entry.set("requests", list(container.requests()));
      entry.set("limits", list(container.limits()));
      entry.put("oomScoreAdj", container.oomScoreAdj());
      cgroup(container, entry.putObject("cgroup"));
    }
  }

  private static void cgroup(PodFigures.ContainerFigures container, ObjectNode node) {
    LinuxContainerResources linux = container.linux();
    node.put("cpuShares", linux.cpuShares());
    node.put("cpuCfsQuotaMicros", linux.cpuQuota() == 0 ? null : linux.cpuQuota());
    node.put("cpuCfsPeriodMicros", linux.cpuPeriod());
    node.put("cpuWeight", container.cpuWeight());
    node.put("cpuMax", linux.cpuMax());
    node.put("memoryMax", linux.memoryLimitInBytes() == 0 ? null : linux.memoryLimitInBytes());
    ObjectNode hugePages = node.putObject("hugePagesMax");
    new TreeMap<>(linux.hugepageLimits()).forEach(hugePages::put);
    ObjectNode unified = node.putObject("unified");
    new TreeMap<>(linux.unified()).forEach(unified::put);
  }

  private static void cgroup(PodFigures row, ObjectNode node) {
    CgroupValues cgroup = row.cgroup();
    node.put("path", row.cgroupPath());
    node.put("cpuShares", cgroup.cpuShares());
    node.put("cpuWeight", cgroup.cpuWeight());
    node.put("cpuMax", cgroup.cpuMax());
    node.put("memoryMax", cgroup.memory());
    ObjectNode hugePages = node.putObject("hugePagesMax");
    new TreeMap<>(cgroup.hugePageLimit())
        .forEach((page, bytes) -> hugePages.put(page.toString(), bytes));
    ObjectNode unified = node.putObject("unified");
    new TreeMap<>(cgroup.unified()).forEach(unified::put);
  }

  private static void sum(ResourceReport.Sum sum, ObjectNode node) {
    node.put("pods", sum.totals().pods());
    node.put("ended", sum.ended());
    node.set("request", list(sum.totals().requests()));
    node.set("declaredLimit", list(sum.totals().limits()));
    ObjectNode unlimited = node.putObject("unlimitedPods");
    unlimited.put(Amounts.CPU, sum.totals().unlimited(Amounts.CPU));
    unlimited.put(Amounts.MEMORY, sum.totals().unlimited(Amounts.MEMORY));
    node.set("unusedAfterStart", list(sum.totals().initReserved()));
    node.set("naive", list(sum.naive()));
    node.set("difference", list(sum.difference()));
  }

  private static void qos(QosAgreement qos, ObjectNode node) {
    node.put("agree", qos.agree());
    node.put("differ", qos.differ().size());
    node.put("absent", qos.absent());
    ArrayNode differing = node.putArray("differing");
    for (PodFigures row : qos.differ()) {
      ObjectNode entry = differing.addObject();
      entry.put("namespace", row.namespace());
      entry.put("name", row.name());
      entry.put("computed", row.qos().text());
      entry.put("status", row.statusQos());
    }
  }

  private static ObjectNode list(ResourceList list) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ResourceJson.texts(list).forEach(node::put);
    return node;
  }
}
