package dev.slipway.ingest.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Pods with a name, a phase and a reason, and a codec that knows no more. */
public final class TestPods {
  public static final PodCodec CODEC = new Codec();

  private TestPods() {}

  public static Pod pod(String uid, PodPhase phase, String reason) {
    var spec =
        new PodSpec(
            RestartPolicy.ALWAYS,
            null,
            null,
            false,
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            Map.of(),
            null,
            "");
    var status =
        new PodStatus(
            phase, reason, "", Times.NONE, "", "", 0, List.of(), List.of(), List.of(), List.of());
    return new Pod(ObjectMeta.of("shop", "pod-" + uid, uid), spec, status);
  }

  private static final class Codec implements PodCodec {
    @Override
    public Pod decode(JsonNode object) throws PodFormatException {
      JsonNode metadata = object.path("metadata");
      Pod pod =
          pod(
              text(metadata, "uid"),
              PodPhase.of(text(object.path("status"), "phase")),
              text(object.path("status"), "reason"));
      var meta =
          ObjectMeta.of(text(metadata, "namespace"), text(metadata, "name"), text(metadata, "uid"));
      return new Pod(meta, pod.spec(), pod.status());
    }

    /** Throws for a bad phase what a careless reader would throw: the decoder has to survive it. */
    private static String text(JsonNode object, String field) throws PodFormatException {
      JsonNode value = object.path(field);
      if (!value.isMissingNode() && !value.isTextual()) {
        throw new PodFormatException(field + ": not a string: " + value);
      }
      return value.asText("");
    }

    @Override
    public byte[] encode(Pod pod) {
      var root = JsonNodeFactory.instance.objectNode();
      root.put("apiVersion", "v1").put("kind", "Pod");
      root.putObject("metadata")
          .put("namespace", pod.metadata().namespace())
          .put("name", pod.metadata().name())
          .put("uid", pod.metadata().uid());
      PodPhase phase = pod.status().phase();
      root.putObject("status")
          .put("phase", phase == null ? "" : phase.text())
          .put("reason", pod.status().reason());
      return root.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
