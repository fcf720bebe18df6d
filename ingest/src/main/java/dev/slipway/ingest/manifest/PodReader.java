package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.ContainerPort;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ContainerState;
import dev.slipway.engine.api.ContainerStatus;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.OwnerReference;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.ResizePolicy;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.ingest.defaults.Images;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of a pod object into the engine's records. Takes whatever a feed brings: an odd
 * value is reported and read as absent, so that one bad field never costs a pod. Values the API
 * server would have filled in and the records cannot leave out (rule V-60) are filled in here too.
 */
public final class PodReader {
  private PodReader() {}

  /** The pod of a tree, odd values passed over in silence. */
  public static Pod read(JsonNode pod) {
    return read(pod, FieldProblems.IGNORED);
  }

  /** The pod of a tree. */
  public static Pod read(JsonNode pod, FieldProblems problems) {
    Node root = new Node(pod, "", problems);
    return new Pod(
        metadata(root.get("metadata")), spec(root.get("spec")), status(root.get("status")));
  }

  /** The metadata of any object, given the tree of its {@code metadata}. */
  public static ObjectMeta readMetadata(JsonNode metadata, FieldProblems problems) {
    return metadata(new Node(metadata, "metadata", problems));
  }

  /** The spec of a pod, given the tree of its {@code spec}. */
  public static PodSpec readSpec(JsonNode spec, FieldProblems problems) {
    return spec(new Node(spec, "spec", problems));
  }

  /** The status of a pod, given the tree of its {@code status}. */
  public static PodStatus readStatus(JsonNode status, FieldProblems problems) {
    return status(new Node(status, "status", problems));
  }

  private static ObjectMeta metadata(Node meta) {
    return new ObjectMeta(
        meta.get("name").text(),
        meta.get("namespace").text(),
        meta.get("uid").text(),
        meta.get("generation").whole(),
        meta.get("resourceVersion").text(),
        meta.get("labels").map(Node::textOrNull),
        meta.get("annotations").map(Node::textOrNull),
        meta.get("ownerReferences").list(PodReader::owner),
        meta.get("finalizers").list(Node::text),
        ApiTimes.read(meta.get("creationTimestamp")),
        ApiTimes.read(meta.get("deletionTimestamp")),
        meta.get("deletionGracePeriodSeconds").wholeOrNull());
  }

  private static OwnerReference owner(Node owner) {
    return new OwnerReference(
        owner.get("apiVersion").text(),
        owner.get("kind").text(),
        owner.get("name").text(),
        owner.get("uid").text(),
        owner.get("controller").bool());
  }

  private static PodSpec spec(Node spec) {
    RestartPolicy restartPolicy = restartPolicy(spec.get("restartPolicy"));
    Node resources = spec.get("resources");
    return new PodSpec(
        restartPolicy == null ? RestartPolicy.ALWAYS : restartPolicy,
        spec.get("terminationGracePeriodSeconds").wholeOrNull(),
        spec.get("activeDeadlineSeconds").wholeOrNull(),
        spec.get("hostNetwork").bool(),
        spec.get("nodeName").text(),
        spec.get("readinessGates").list(gate -> gate.get("conditionType").text()),
        spec.get("initContainers").list(PodReader::container),
        spec.get("containers").list(PodReader::container),
        spec.get("ephemeralContainers").list(PodReader::container),
        resources.present() ? requirements(resources) : null,
        spec.get("overhead").map(Quantities::read),
        spec.get("priority").whole32OrNull(),
        spec.get("priorityClassName").text());
  }

  private static ContainerSpec container(Node container) {
    Node lifecycle = container.get("lifecycle");
    String image = container.get("image").text();
    return new ContainerSpec(
        container.get("name").text(),
        image,
        pullPolicy(container.get("imagePullPolicy"), image),
        restartPolicy(container.get("restartPolicy")),
        container.get("restartPolicyRules").list(PodReader::restartRule),
        ProbeReader.probe(container.get("startupProbe")),
        ProbeReader.probe(container.get("livenessProbe")),
        ProbeReader.probe(container.get("readinessProbe")),
        ProbeReader.hook(lifecycle.get("postStart")),
        ProbeReader.hook(lifecycle.get("preStop")),
        lifecycle.get("stopSignal").text(),
        requirements(container.get("resources")),
        container.get("resizePolicy").list(PodReader::resizePolicy),
        container.get("volumeMounts").list(mount -> mount.get("name").text()),
        container.get("ports").list(PodReader::port));
  }

  private static ContainerPort port(Node port) {
    return new ContainerPort(port.get("name").text(), port.get("containerPort").whole32());
  }

  private static ImagePullPolicy pullPolicy(Node policy, String image) {
    ImagePullPolicy read = choice(policy, ImagePullPolicy::of);
    return read == null ? ImagePullPolicy.of(Images.defaultPullPolicy(image)) : read;
  }

  private static @Nullable RestartPolicy restartPolicy(Node policy) {
    return choice(policy, RestartPolicy::of);
  }

  /** One of the API's words; an unknown one is reported and read as absent, as an empty one is. */
  private static <T> @Nullable T choice(Node node, Function<String, T> of) {
    String text = node.text();
    if (text.isEmpty()) {
      return null;
    }
    try {
      return of.apply(text);
    } catch (IllegalArgumentException e) {
      node.report(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static RestartRule restartRule(Node rule) {
    Node exitCodes = rule.get("exitCodes");
    return new RestartRule(
        switch (rule.get("action").text()) {
          case "Restart" -> RestartRule.Action.RESTART;
          case "RestartAllContainers" -> RestartRule.Action.RESTART_ALL_CONTAINERS;
          default -> RestartRule.Action.UNKNOWN;
        },
        switch (exitCodes.get("operator").text()) {
          case "In" -> RestartRule.Operator.IN;
          case "NotIn" -> RestartRule.Operator.NOT_IN;
          default -> RestartRule.Operator.UNKNOWN;
        },
        exitCodes.get("values").list(Node::whole32));
  }

  private static ResizePolicy resizePolicy(Node policy) {
    return new ResizePolicy(
        policy.get("resourceName").text(),
        policy.get("restartPolicy").text().equals("RestartContainer"));
  }

  private static ResourceRequirements requirements(Node resources) {
    return new ResourceRequirements(
        resources.get("requests").map(Quantities::read),
        resources.get("limits").map(Quantities::read));
  }

  private static PodStatus status(Node status) {
    if (!status.present()) {
      return PodStatus.EMPTY;
    }
    return new PodStatus(
        choice(status.get("phase"), PodPhase::of),
        status.get("reason").text(),
        status.get("message").text(),
        ApiTimes.read(status.get("startTime")),
        status.get("podIP").text(),
        status.get("qosClass").text(),
        status.get("observedGeneration").whole(),
        status.get("conditions").list(PodReader::condition),
        statuses(status.get("initContainerStatuses")),
        statuses(status.get("containerStatuses")),
        statuses(status.get("ephemeralContainerStatuses")),
        requirements(status.get("resources")),
        status.get("allocatedResources").map(Quantities::read));
  }

  private static PodCondition condition(Node condition) {
    return new PodCondition(
        condition.get("type").text(),
        ConditionStatus.of(condition.get("status").text()),
        condition.get("reason").text(),
        condition.get("message").text(),
        condition.get("observedGeneration").whole(),
        ApiTimes.read(condition.get("lastTransitionTime")),
        ApiTimes.read(condition.get("lastProbeTime")));
  }

  private static List<ContainerStatus> statuses(Node list) {
    return list.list(PodReader::containerStatus);
  }

  private static ContainerStatus containerStatus(Node status) {
    return new ContainerStatus(
        status.get("name").text(),
        state(status.get("state")),
        state(status.get("lastState")),
        status.get("ready").bool(),
        status.get("restartCount").whole32(),
        status.get("image").text(),
        status.get("imageID").text(),
        status.get("containerID").text(),
        status.get("started").boolOrNull(),
        requirements(status.get("resources")),
        status.get("allocatedResources").map(Quantities::read),
        false);
  }

  private static ContainerState state(Node state) {
    Node terminated = state.get("terminated");
    Node running = state.get("running");
    Node waiting = state.get("waiting");
    if (terminated.present()) {
      return new ContainerState.Terminated(
          terminated.get("exitCode").whole32(),
          terminated.get("reason").text(),
          terminated.get("message").text(),
          ApiTimes.read(terminated.get("startedAt")),
          ApiTimes.read(terminated.get("finishedAt")),
          terminated.get("containerID").text());
    }
    if (running.present()) {
      return new ContainerState.Running(ApiTimes.read(running.get("startedAt")));
    }
    if (waiting.present()) {
      return new ContainerState.Waiting(
          waiting.get("reason").text(), waiting.get("message").text());
    }
    return ContainerState.NONE;
  }
}
