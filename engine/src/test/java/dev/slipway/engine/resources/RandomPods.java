package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Pods for property tests, odd amounts and extended resources among them. */
public final class RandomPods {
  private static final List<String> NAMES =
      List.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "hugepages-2Mi",
          "nvidia.com/gpu",
          "example.com/dongle");
  private static final List<String> AMOUNTS =
      List.of(
          "0", "1", "100m", "250m", "3", "64Mi", "1Gi", "1.5Gi", "1n", "100u", "7Ei", "12E", "0.3",
          "5G");

  private final RandomGenerator random;

  public RandomPods(RandomGenerator random) {
    this.random = random;
  }

  public PodResources next() {
    Resources podLevel = random.nextInt(5) == 0 ? resources() : null;
    ResourceList overhead = random.nextInt(3) == 0 ? list() : ResourceList.ABSENT;
    return new PodResources(
        containers(3, "i"), containers(4, "c"), podLevel, overhead, ResourceStatus.NONE);
  }

  private List<ContainerResources> containers(int most, String prefix) {
    var containers = new ArrayList<ContainerResources>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      containers.add(new ContainerResources(prefix + i, random.nextBoolean(), resources()));
    }
    return containers;
  }

  private Resources resources() {
    return new Resources(list(), list());
  }

  private ResourceList list() {
    Map<String, Quantity> entries = new LinkedHashMap<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String amount = AMOUNTS.get(random.nextInt(AMOUNTS.size()));
      entries.put(NAMES.get(random.nextInt(NAMES.size())), Quantity.parse(amount));
    }
    return ResourceList.of(entries);
  }
}
