package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.QuotaAdmission;
import dev.slipway.engine.resources.QuotaPod;
import dev.slipway.engine.resources.QuotaScope;
import dev.slipway.engine.resources.QuotaUsage;
import dev.slipway.engine.resources.ResourceQuota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks of quota usage, scopes and quota admission. */
final class QuotaChecks {
  private QuotaChecks() {}

  static Verdict usage(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    QuotaPod pod = pod(in.path("pod"));
    long now = time(in.path("now"));
    ResourceQuota quota = quota(in.path("quota"));
    List<String> tracked = QuotaUsage.tracked(quota.hard());
    QuotaScope.Match match = quota.match(pod);
    String missing = QuotaUsage.missing(pod.resources(), tracked);
    var comparison =
        new Comparison()
            .add("usage", out.path("usage"), ResourceJson.texts(QuotaUsage.of(pod, now)))
            .add("counted", out.path("counted"), pod.countedAt(now))
            .add("matchingResources", out.path("matchingResources"), tracked)
            .add(
                "matchError",
                out.path("matchError"),
                match.error().isEmpty() ? null : match.error())
            .add("constraints", out.path("constraints"), missing.isEmpty() ? null : missing);
    if (match.error().isEmpty()) {
      comparison.add("matches", out.path("matches"), match.matches());
    }
    return comparison
        .addTexts("scopes", recorded(out.path("scopes")), scopes(quota, pod))
        .verdict();
  }

  private static String recorded(JsonNode scopes) {
    return ResourceJson.list(
            scopes, scope -> scope.isObject() ? scope.path("error").asText() : scope.asText())
        .toString();
  }

  private static String scopes(ResourceQuota quota, QuotaPod pod) {
    var answers = new ArrayList<String>();
    for (QuotaScope scope : quota.scopes()) {
      QuotaScope.Match match = scope.match(pod);
      answers.add(
          match.error().isEmpty()
              ? String.valueOf(match.matches())
              : QuotaAdmission.scopeError(scope, match));
    }
    return answers.toString();
  }

  static Verdict admission(JsonNode vector, DataFolders data) {
    JsonNode in = vector.path("in");
    JsonNode out = vector.path("out");
    List<ResourceQuota> quotas = ResourceJson.list(in.path("quotas"), QuotaChecks::quota);
    QuotaPod pod = pod(in.path("pod"));
    String name = in.path("pod").path("metadata").path("name").asText();
    JsonNode old = in.path("oldPod");
    boolean stored = !old.path("metadata").path("resourceVersion").asText().isEmpty();
    long now = time(in.path("now"));
    QuotaAdmission.Answer answer =
        in.path("operation").asText().equals("UPDATE") && stored
            ? QuotaAdmission.resize(quotas, name, pod, pod(old), now)
            : QuotaAdmission.create(quotas, name, pod, now);
    return switch (answer) {
      case QuotaAdmission.Answer.Denied denied ->
          new Comparison().addMessages("error", out.path("error"), denied.message()).verdict();
      case QuotaAdmission.Answer.Admitted admitted ->
          new Comparison()
              .add("error", out.path("error"), null)
              .add(
                  "used",
                  out.path("used"),
                  admitted.used().stream().map(ResourceJson::texts).toList())
              .verdict();
    };
  }

  private static ResourceQuota quota(JsonNode quota) {
    JsonNode spec = quota.path("spec");
    var scopes =
        new ArrayList<>(ResourceJson.list(spec.path("scopes"), s -> QuotaScope.exists(s.asText())));
    scopes.addAll(
        ResourceJson.list(
            spec.path("scopeSelector").path("matchExpressions"),
            term ->
                new QuotaScope(
                    term.path("scopeName").asText(),
                    term.path("operator").asText(),
                    ResourceJson.texts(term.path("values")))));
    return new ResourceQuota(
        quota.path("metadata").path("name").asText(),
        scopes,
        ResourceJson.amounts(quota.path("status").path("hard")),
        ResourceJson.amounts(quota.path("status").path("used")));
  }

  static QuotaPod pod(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    JsonNode spec = pod.path("spec");
    String phase = pod.path("status").path("phase").asText();
    JsonNode deletion = metadata.path("deletionTimestamp");
    return new QuotaPod(
        ResourceJson.pod(pod),
        phase.equals("Succeeded") || phase.equals("Failed"),
        ResourceJson.present(deletion) ? time(deletion) : Times.NONE,
        ResourceJson.longOrNull(metadata.path("deletionGracePeriodSeconds")),
        ResourceJson.longOrNull(spec.path("activeDeadlineSeconds")),
        spec.path("priorityClassName").asText(),
        crossesNamespaces(spec.path("affinity")));
  }

  private static long time(JsonNode text) {
    Instant instant = Instant.parse(text.asText());
    return instant.getEpochSecond() * Times.SECOND + instant.getNano();
  }

  private static boolean crossesNamespaces(JsonNode affinity) {
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      for (JsonNode term :
          affinity.path(kind).path("requiredDuringSchedulingIgnoredDuringExecution")) {
        if (crossing(term)) {
          return true;
        }
      }
      for (JsonNode term :
          affinity.path(kind).path("preferredDuringSchedulingIgnoredDuringExecution")) {
        if (crossing(term.path("podAffinityTerm"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean crossing(JsonNode term) {
    return !term.path("namespaces").isEmpty()
        || ResourceJson.present(term.path("namespaceSelector"));
  }
}
