package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.lifecycle.ContainerHash;
import dev.slipway.engine.lifecycle.ImageRules;
import dev.slipway.engine.lifecycle.ImageRules.Refusal;
import dev.slipway.engine.lifecycle.StopMessages;
import dev.slipway.engine.restart.BackOffLimits;
import dev.slipway.engine.restart.CrashLoopBackOff;
import dev.slipway.engine.state.PodShape;
import dev.slipway.engine.state.PodState;
import dev.slipway.engine.state.PullBackOff;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands before a start: kuberuntime/backoff, imagepull, hash; status/backofflimits. */
final class StartChecks {
  private StartChecks() {}

  static Verdict hash(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    long hash = ContainerHash.of(in.path("name").asText(), in.path("image").asText());
    return JsonFacts.compare(
        vector.path("out"),
        JsonFacts.object().put("hash", hash).put("hashWithOtherFieldsSet", hash));
  }

  static Verdict backOffLimits(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    BackOffLimits limits =
        BackOffLimits.of(
            in.path("maxContainerRestartPeriodSeconds").asLong(),
            in.path("reduceDefaultCrashLoopBackOffDecay").asBoolean());
    return JsonFacts.compare(
        vector.path("out"),
        JsonFacts.object()
            .put("firstMs", limits.first() / Times.MILLI)
            .put("capMs", limits.cap() / Times.MILLI));
  }

  /** A container that starts, lives as long as given, exits, and is tried again. */
  static Verdict backOff(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    var limits = new BackOffLimits(nanos(in, "firstMs"), nanos(in, "capMs"));
    ContainerSpec container = container("img:1", ResourceRequirements.NONE);
    PodState pod = pod(container);
    ObjectNode answer = JsonFacts.object();
    ArrayNode starts = answer.putArray("startsMs");
    ArrayNode refused = answer.putArray("refused");
    long now = 0;
    long exitedAt = Times.NONE;
    for (int run = 0; run < in.path("runMs").size(); run++) {
      container = changed(container, in, run);
      if (in.has("recordGoneBeforeRun") && in.path("recordGoneBeforeRun").asInt() == run) {
        exitedAt = Times.NONE;
      }
      long end = CrashLoopBackOff.attempt(limits, pod.slots[0], container, exitedAt, now);
      while (end != Times.NONE) {
        refused
            .addObject()
            .put("t", now / Times.MILLI)
            .put("message", StopMessages.backOff(pod, 0))
            .put("untilMs", end / Times.MILLI);
        long poll = nanos(in, "pollMs");
        now = poll == 0 ? end : now + poll;
        end = CrashLoopBackOff.attempt(limits, pod.slots[0], container, exitedAt, now);
      }
      starts.add(now / Times.MILLI);
      now += in.path("runMs").get(run).asLong() * Times.MILLI;
      exitedAt = now;
    }
    return JsonFacts.compare(vector.path("out"), answer);
  }

  private static ContainerSpec changed(ContainerSpec container, JsonNode in, int run) {
    ContainerSpec result = container;
    if (in.has("imageChangeBeforeRun") && in.path("imageChangeBeforeRun").asInt() == run) {
      result = container("img:2", result.resources());
    }
    if (in.has("resourcesChangeBeforeRun") && in.path("resourcesChangeBeforeRun").asInt() == run) {
      result =
          container(
              result.image(),
              new ResourceRequirements(Map.of(), Map.of("cpu", Quantity.ofMilli(500))));
    }
    return result;
  }

  private static PodState pod(ContainerSpec container) {
    var spec = VectorPods.podOf(List.of(), List.of(container));
    return new PodState(ObjectMeta.of("ns", "p", "u1"), PodShape.of(spec), false);
  }

  private static ContainerSpec container(String image, ResourceRequirements resources) {
    return VectorPods.plainContainer("a0", image, resources);
  }

  private static long nanos(JsonNode node, String field) {
    return node.path(field).asLong() * Times.MILLI;
  }

  /** A node that is asked for images one after another; the runtime answers from the plan. */
  static Verdict imagePull(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    Map<String, PullBackOff> backOffs = new HashMap<>();
    Map<String, Integer> pulls = new HashMap<>();
    Set<String> present = new HashSet<>();
    in.path("present").forEach(image -> present.add(image.asText()));
    ObjectNode answer = JsonFacts.object();
    ArrayNode answers = answer.putArray("answers");
    long now = 0;
    for (JsonNode step : in.path("steps")) {
      now += nanos(step, "waitMs");
      String image = step.path("image").asText();
      PullBackOff backOff =
          backOffs.computeIfAbsent(step.path("uid").asText(), _ -> new PullBackOff());
      ObjectNode told = answers.addObject().put("t", now / Times.MILLI).put("pulled", false);
      Refusal refusal = refusal(step, present.contains(image), backOff, now);
      if (refusal == null && pulls(step, present.contains(image))) {
        told.put("pulled", true);
        refusal = pull(image, in.path("plan").path(image), pulls, backOff, now);
        if (refusal == null) {
          present.add(image);
        }
      }
      if (refusal != null) {
        told.put("error", refusal.reason()).put("message", refusal.message());
      }
    }
    return JsonFacts.compare(vector.path("out"), answer);
  }

  private static boolean pulls(JsonNode step, boolean present) {
    return ImageRules.pulls(ImagePullPolicy.of(step.path("policy").asText()), present);
  }

  private static @Nullable Refusal refusal(
      JsonNode step, boolean present, PullBackOff backOff, long now) {
    String image = step.path("image").asText();
    Refusal unusable = ImageRules.unusable(image);
    if (unusable != null) {
      return unusable;
    }
    if (!pulls(step, present)) {
      return present ? null : ImageRules.neverPulled(image);
    }
    return ImageRules.backOff(backOff, image, now);
  }

  private static @Nullable Refusal pull(
      String image, JsonNode plan, Map<String, Integer> pulls, PullBackOff backOff, long now) {
    int pull = pulls.merge(image, 1, Integer::sum) - 1;
    String answer =
        plan.isEmpty() ? "no such manifest" : plan.get(Math.min(pull, plan.size() - 1)).asText();
    if (answer.equals("ok")) {
      return null;
    }
    Refusal failed = ImageRules.failed(image, answer);
    backOff.failed(image, failed.reason() + ": " + failed.message(), now);
    return failed;
  }
}
