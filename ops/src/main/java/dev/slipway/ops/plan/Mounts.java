package dev.slipway.ops.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which containers of a pod mount which volumes, and who may write to them. */
final class Mounts {
  /** Kinds of volumes that the node fills and nobody writes to. */
  private static final List<String> FILLED =
      List.of("configMap", "secret", "downwardAPI", "projected", "image");

  /**
   * One mount.
   *
   * @param path of the folder inside the volume, empty for all of it
   */
  record Mount(String volume, String path, boolean writes) {
    /** Some file of the volume is seen by both. */
    boolean shares(Mount other) {
      return volume.equals(other.volume) && (within(other.path, path) || within(path, other.path));
    }

    private static boolean within(String path, String folder) {
      return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
    }
  }

  private final Map<String, List<Mount>> byContainer = new LinkedHashMap<>();

  private Mounts() {}

  /** The mounts of a pod in the API's form. */
  static Mounts of(JsonNode pod) {
    Mounts mounts = new Mounts();
    JsonNode spec = pod.path("spec");
    Set<String> readOnly = new HashSet<>();
    for (JsonNode volume : spec.path("volumes")) {
      if (FILLED.stream().anyMatch(volume::has) || anyReadOnly(volume)) {
        readOnly.add(volume.path("name").asText());
      }
    }
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (JsonNode container : spec.path(list)) {
        mounts.byContainer.put(container.path("name").asText(), mounts(container, readOnly));
      }
    }
    return mounts;
  }

  private static boolean anyReadOnly(JsonNode volume) {
    for (JsonNode source : volume) {
      if (source.path("readOnly").asBoolean()) {
        return true;
      }
    }
    return false;
  }

  private static List<Mount> mounts(JsonNode container, Set<String> readOnly) {
    List<Mount> mounts = new ArrayList<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      String volume = mount.path("name").asText();
      String path = mount.path("subPath").asText(mount.path("subPathExpr").asText(""));
      boolean writes = !mount.path("readOnly").asBoolean() && !readOnly.contains(volume);
      mounts.add(new Mount(volume, path, writes));
    }
    for (JsonNode device : container.path("volumeDevices")) {
      String volume = device.path("name").asText();
      mounts.add(new Mount(volume, "", !readOnly.contains(volume)));
    }
    return mounts;
  }

  /** The mounts of a container. */
  List<Mount> of(String container) {
    return byContainer.getOrDefault(container, List.of());
  }
}
