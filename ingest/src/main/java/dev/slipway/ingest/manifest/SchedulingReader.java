package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.scheduling.ControllerRef;
import dev.slipway.engine.scheduling.HostPort;
import dev.slipway.engine.scheduling.LabelRequirement;
import dev.slipway.engine.scheduling.LabelSelector;
import dev.slipway.engine.scheduling.NodeAffinity;
import dev.slipway.engine.scheduling.NodeImage;
import dev.slipway.engine.scheduling.NodeSelectorTerm;
import dev.slipway.engine.scheduling.PodAffinity;
import dev.slipway.engine.scheduling.PodDisruptionBudget;
import dev.slipway.engine.scheduling.PodNeeds;
import dev.slipway.engine.scheduling.PodTerm;
import dev.slipway.engine.scheduling.SchedulingNode;
import dev.slipway.engine.scheduling.SchedulingPod;
import dev.slipway.engine.scheduling.SchedulingSpec;
import dev.slipway.engine.scheduling.SpreadConstraint;
import dev.slipway.engine.scheduling.Taint;
import dev.slipway.engine.scheduling.Toleration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the scheduler looks at out of the trees of pods, nodes and disruption budgets. Odd
 * values are reported and read as absent.
 */
public final class SchedulingReader {
  private SchedulingReader() {}

  /** The node of a tree. */
  public static SchedulingNode node(JsonNode tree, FieldProblems problems) {
    Node node = new Node(tree, "", problems);
    Node spec = node.get("spec");
    Node status = node.get("status");
    return new SchedulingNode(
        node.get("metadata").get("name").text(),
        texts(node.get("metadata").get("labels")),
        texts(node.get("metadata").get("annotations")),
        spec.get("taints").list(SchedulingReader::taint),
        spec.get("unschedulable").bool(),
        ResourcesReader.amounts(status.get("allocatable")),
        status.get("images").list(SchedulingReader::image),
        conditions(status.get("conditions")));
  }

  private static Map<String, String> texts(Node map) {
    return map.map(Node::textOrNull);
  }

  private static Taint taint(Node taint) {
    return new Taint(
        taint.get("key").text(),
        taint.get("value").text(),
        Taint.Effect.of(taint.get("effect").text()));
  }

  private static NodeImage image(Node image) {
    return new NodeImage(image.get("names").list(Node::text), image.get("sizeBytes").whole());
  }

  private static Map<String, String> conditions(Node conditions) {
    var byType = new HashMap<String, String>();
    conditions.list(
        condition -> byType.put(condition.get("type").text(), condition.get("status").text()));
    return byType;
  }

  /** The pod of a tree. */
  public static SchedulingPod pod(JsonNode tree, FieldProblems problems) {
    Node pod = new Node(tree, "", problems);
    Node meta = pod.get("metadata");
    Node status = pod.get("status");
    String uid = meta.get("uid").text();
    String name = meta.get("name").text();
    return new SchedulingPod(
        uid.isEmpty() ? meta.get("namespace").text() + "/" + name : uid,
        name,
        spec(pod),
        status.get("nominatedNodeName").text(),
        meta.get("deletionTimestamp").present(),
        preempted(status.get("conditions")),
        ApiTimes.read(status.get("startTime")));
  }

  private static boolean preempted(Node conditions) {
    return conditions
        .list(condition ->
            condition.get("type").text().equals("DisruptionTarget")
                && condition.get("status").text().equals("True")
                && condition.get("reason").text().equals("PreemptionByScheduler"))
        .contains(true);
  }

  /** What the scheduler reads of a pod but who it is. */
  public static SchedulingSpec spec(JsonNode tree, FieldProblems problems) {
    return spec(new Node(tree, "", problems));
  }

  private static SchedulingSpec spec(Node pod) {
    Node meta = pod.get("metadata");
    Node spec = pod.get("spec");
    Node affinity = spec.get("affinity");
    Node selector = spec.get("nodeSelector");
    Integer priority = spec.get("priority").whole32OrNull();
    List<String> images = images(spec);
    return SchedulingSpec.builder(meta.get("namespace").text())
        .labels(texts(meta.get("labels")))
        .controller(controller(meta.get("ownerReferences")))
        .nodeName(spec.get("nodeName").text())
        .nodeSelector(selector.present() ? texts(selector) : null)
        .nodeAffinity(nodeAffinity(affinity.get("nodeAffinity")))
        .affinity(podAffinity(affinity.get("podAffinity")))
        .antiAffinity(podAffinity(affinity.get("podAntiAffinity")))
        .tolerations(spec.get("tolerations").list(SchedulingReader::toleration))
        .spread(spec.get("topologySpreadConstraints").list(SchedulingReader::spread))
        .hostPorts(hostPorts(spec))
        .images(images.stream().filter(image -> !image.isEmpty()).toList(), images.size())
        .priority(priority == null ? 0 : priority)
        .neverPreempts(spec.get("preemptionPolicy").text().equals("Never"))
        .gates(spec.get("schedulingGates").list(gate -> gate.get("name").text()))
        .needs(PodNeeds.of(ResourcesReader.pod(pod)))
        .build();
  }

  private static @Nullable ControllerRef controller(Node owners) {
    var found = new ArrayList<ControllerRef>();
    owners.list(owner ->
        owner.get("controller").bool()
            && found.add(
                new ControllerRef(
                    owner.get("apiVersion").text(),
                    owner.get("kind").text(),
                    owner.get("name").text())));
    return found.isEmpty() ? null : found.get(0);
  }

  /** One entry for each init container, app container and image volume, empty without image. */
  private static List<String> images(Node spec) {
    var images = new ArrayList<String>();
    images.addAll(spec.get("initContainers").list(container -> container.get("image").text()));
    images.addAll(spec.get("containers").list(container -> container.get("image").text()));
    spec.get("volumes")
        .list(volume ->
            volume.get("image").present()
                && images.add(volume.get("image").get("reference").text()));
    return images;
  }

  /** Host ports of app containers and sidecars (K-040). */
  private static List<HostPort> hostPorts(Node spec) {
    var ports = new ArrayList<HostPort>();
    spec.get("containers").list(container -> addPorts(container, ports));
    spec.get("initContainers")
        .list(container ->
            container.get("restartPolicy").text().equals("Always") && addPorts(container, ports));
    return ports;
  }

  private static boolean addPorts(Node container, List<HostPort> ports) {
    container
        .get("ports")
        .list(port -> {
          int number = port.get("hostPort").whole32();
          return number > 0
              && ports.add(
                  new HostPort(port.get("hostIP").text(), port.get("protocol").text(), number));
        });
    return true;
  }

  private static Toleration toleration(Node toleration) {
    String effect = toleration.get("effect").text();
    return new Toleration(
        toleration.get("key").text(),
        Toleration.Operator.of(toleration.get("operator").text()),
        toleration.get("value").text(),
        effect.isEmpty() ? null : Taint.Effect.of(effect));
  }

  private static NodeAffinity nodeAffinity(Node affinity) {
    Node required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution");
    Node preferred = affinity.get("preferredDuringSchedulingIgnoredDuringExecution");
    if (!required.present() && !preferred.present()) {
      return NodeAffinity.NONE;
    }
    return new NodeAffinity(
        required.present()
            ? required.get("nodeSelectorTerms").list(SchedulingReader::nodeTerm)
            : null,
        preferred.present() ? preferred.list(SchedulingReader::preferred) : null);
  }

  private static NodeAffinity.Preferred preferred(Node preferred) {
    return new NodeAffinity.Preferred(
        preferred.get("weight").whole32(), nodeTerm(preferred.get("preference")));
  }

  private static NodeSelectorTerm nodeTerm(Node term) {
    return new NodeSelectorTerm(
        term.get("matchExpressions").list(SchedulingReader::requirement),
        term.get("matchFields").list(SchedulingReader::requirement));
  }

  private static LabelRequirement requirement(Node requirement) {
    return new LabelRequirement(
        requirement.get("key").text(),
        LabelRequirement.Operator.of(requirement.get("operator").text()),
        requirement.get("values").list(Node::text));
  }

  private static PodAffinity podAffinity(Node affinity) {
    if (!affinity.present()) {
      return PodAffinity.NONE;
    }
    return new PodAffinity(
        affinity
            .get("requiredDuringSchedulingIgnoredDuringExecution")
            .list(SchedulingReader::podTerm),
        affinity
            .get("preferredDuringSchedulingIgnoredDuringExecution")
            .list(wish ->
                new PodTerm.Weighted(
                    wish.get("weight").whole32(), podTerm(wish.get("podAffinityTerm")))));
  }

  private static PodTerm podTerm(Node term) {
    return new PodTerm(
        term.get("topologyKey").text(),
        selector(term.get("labelSelector")),
        term.get("namespaces").list(Node::text),
        selector(term.get("namespaceSelector")));
  }

  /** A label selector, null where absent. */
  public static @Nullable LabelSelector selector(JsonNode tree, FieldProblems problems) {
    return selector(new Node(tree, "", problems));
  }

  private static @Nullable LabelSelector selector(Node selector) {
    return selector.present()
        ? new LabelSelector(
            texts(selector.get("matchLabels")),
            selector.get("matchExpressions").list(SchedulingReader::requirement))
        : null;
  }

  private static SpreadConstraint spread(Node constraint) {
    Integer minDomains = constraint.get("minDomains").whole32OrNull();
    return new SpreadConstraint(
        constraint.get("maxSkew").whole32(),
        constraint.get("topologyKey").text(),
        constraint.get("whenUnsatisfiable").text().equals("DoNotSchedule"),
        selector(constraint.get("labelSelector")),
        constraint.get("matchLabelKeys").list(Node::text),
        minDomains == null ? 1 : minDomains,
        !constraint.get("nodeAffinityPolicy").text().equals("Ignore"),
        constraint.get("nodeTaintsPolicy").text().equals("Honor"));
  }

  /** The disruption budget of a tree. */
  public static PodDisruptionBudget budget(JsonNode tree, FieldProblems problems) {
    Node budget = new Node(tree, "", problems);
    Node status = budget.get("status");
    return new PodDisruptionBudget(
        budget.get("metadata").get("namespace").text(),
        budget.get("metadata").get("name").text(),
        selector(budget.get("spec").get("selector")),
        status.get("disruptionsAllowed").whole32(),
        status.get("disruptedPods").map(_ -> true).keySet());
  }
}
