package dev.slipway.ingest.manifest;

import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.resources.ContainerResourceStatus;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceStatus;
import dev.slipway.engine.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the resource rules need of a pod's tree: amounts of the spec and of a resize. */
final class ResourcesReader {
  private ResourcesReader() {}

  static PodResources pod(Node pod) {
    Node spec = pod.get("spec");
    Node podLevel = spec.get("resources");
    return new PodResources(
        spec.get("initContainers").list(ResourcesReader::container),
        spec.get("containers").list(ResourcesReader::container),
        podLevel.present() ? resources(podLevel) : null,
        amounts(spec.get("overhead")),
        status(pod.get("status")));
  }

  /** Amounts by name; a list that is absent and one that is empty differ. */
  static ResourceList amounts(Node list) {
    if (!list.present()) {
      return ResourceList.ABSENT;
    }
    Map<String, Quantity> amounts = list.map(Quantities::read);
    return ResourceList.of(amounts);
  }

  private static ContainerResources container(Node container) {
    return new ContainerResources(
        container.get("name").text(),
        container.get("restartPolicy").text().equals("Always"),
        resources(container.get("resources")));
  }

  private static Resources resources(Node resources) {
    return new Resources(amounts(resources.get("requests")), amounts(resources.get("limits")));
  }

  private static @Nullable Resources resourcesOrNull(Node resources) {
    return resources.present() ? resources(resources) : null;
  }

  private static ResourceStatus status(Node status) {
    if (!status.present()) {
      return ResourceStatus.NONE;
    }
    List<ContainerResourceStatus> containers =
        new ArrayList<>(status.get("containerStatuses").list(ResourcesReader::containerStatus));
    containers.addAll(status.get("initContainerStatuses").list(ResourcesReader::containerStatus));
    return new ResourceStatus(
        containers,
        amounts(status.get("allocatedResources")),
        resourcesOrNull(status.get("resources")),
        resizeInfeasible(status.get("conditions")),
        List.of(),
        QosClass.parse(status.get("qosClass").text()));
  }

  private static ContainerResourceStatus containerStatus(Node status) {
    return new ContainerResourceStatus(
        status.get("name").text(),
        amounts(status.get("allocatedResources")),
        resourcesOrNull(status.get("resources")));
  }

  private static boolean resizeInfeasible(Node conditions) {
    return conditions
        .list(condition ->
            condition.get("type").text().equals("PodResizePending")
                && condition.get("reason").text().equals("Infeasible"))
        .contains(true);
  }
}
