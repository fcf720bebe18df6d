package dev.slipway.tests.scenario;

import static dev.slipway.tests.scenario.SumsText.list;
import static dev.slipway.tests.scenario.SumsText.words;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.resources.ContainerResources;
import dev.slipway.engine.resources.LimitRange;
import dev.slipway.engine.resources.LimitRangeValidation;
import dev.slipway.engine.resources.LimitRanges;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QuotaAdmission;
import dev.slipway.engine.resources.QuotaPod;
import dev.slipway.engine.resources.QuotaScope;
import dev.slipway.engine.resources.QuotaUsage;
import dev.slipway.engine.resources.QuotaValidation;
import dev.slipway.engine.resources.ResourceDefaults;
import dev.slipway.engine.resources.ResourceQuota;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Questions about quotas and limit ranges.
 *
 * <ul>
 *   <li>{@code usage [ended] [deleted=SECONDS] [grace=N]}: what the pod is charged for; deleted is
 *       the deletion timestamp less now
 *   <li>{@code scope TEXT.. [deadline=N] [class=X] [cross]}: whether each scope matches; {@code
 *       PriorityClass:In:a,b} for a selector
 *   <li>{@code create hard[..] used[..]}, {@code resize from[..] hard[..] used[..]}: used
 *       afterwards or why not; {@code recount hard[..] pod[..]..}
 *   <li>{@code quota-valid scopes[..] hard[..]}: problems
 *   <li>{@code fill|check|both TYPE max[..] min[..] default[..] request[..] ratio[..]}: the
 *       containers with what was filled in (and the annotation with {@code note}); how many
 *       violations there are as written; both after each other
 *   <li>{@code range-valid ...}: fields with problems; {@code applies create|resize|update
 *       [deleting]}
 * </ul>
 */
final class QuotaAnswers {
  private static final long NOW = 1_000_000 * Times.SECOND;

  private QuotaAnswers() {}

  static String of(String cell, Given given) {
    return switch (given.word(0)) {
      case "usage" -> words(QuotaUsage.of(quotaPod(cell, given), NOW));
      case "scope" -> scopes(quotaPod(cell, given), given);
      case "create" ->
          answer(QuotaAdmission.create(List.of(quota(given)), "p", quotaPod(cell, given), NOW));
      case "resize" ->
          answer(
              QuotaAdmission.resize(
                  List.of(quota(given)),
                  "p",
                  quotaPod(cell, given),
                  QuotaPod.of(SumsText.pod(given.get("from", ""))),
                  NOW));
      case "recount" -> recount(given);
      case "quota-valid" -> joined(QuotaValidation.problems(quota(given)));
      case "fill" -> filled(range(given), cell, given);
      case "check" -> count(range(given), SumsText.pod(cell));
      case "both" -> both(range(given), cell);
      case "range-valid" ->
          joined(
              LimitRangeValidation.problems(raw(given)).stream()
                  .map(problem -> problem.substring(0, problem.indexOf(':')))
                  .distinct()
                  .toList());
      default -> applies(given);
    };
  }

  private static String joined(List<String> texts) {
    return texts.isEmpty() ? "-" : String.join(", ", texts);
  }

  private static QuotaPod quotaPod(String cell, Given given) {
    return new QuotaPod(
        ResourceDefaults.created(SumsText.pod(cell)),
        given.has("ended"),
        given.has("deleted") ? NOW + given.number("deleted", 0) * Times.SECOND : Times.NONE,
        given.has("grace") ? given.number("grace", 0) : null,
        given.has("deadline") ? given.number("deadline", 0) : null,
        given.get("class", ""),
        given.has("cross"));
  }

  private static String scopes(QuotaPod pod, Given given) {
    return Arrays.stream(given.get("of", "").split(" "))
        .map(QuotaAnswers::scope)
        .map(scope -> Boolean.toString(scope.match(pod).matches()))
        .collect(Collectors.joining(" "));
  }

  private static QuotaScope scope(String text) {
    String[] parts = text.split(":");
    return parts.length == 1
        ? QuotaScope.exists(text)
        : new QuotaScope(
            parts[0], parts[1], parts.length == 2 ? List.of() : List.of(parts[2].split(",")));
  }

  private static ResourceQuota quota(Given given) {
    String scopes = given.get("scopes", "");
    return new ResourceQuota(
        "q",
        scopes.isEmpty()
            ? List.of()
            : Stream.of(scopes.split(" ")).map(QuotaAnswers::scope).toList(),
        list(given.get("hard", "-")),
        list(given.get("used", "-")));
  }

  private static String answer(QuotaAdmission.Answer answer) {
    return switch (answer) {
      case QuotaAdmission.Answer.Admitted admitted -> words(admitted.used().getFirst());
      case QuotaAdmission.Answer.Denied denied ->
          denied.message().replace("pods \"p\" is forbidden: ", "");
    };
  }

  private static String recount(Given given) {
    List<QuotaPod> pods =
        given.all("pod").stream().map(text -> QuotaPod.of(SumsText.pod(text))).toList();
    return words(quota(given).recount(pods, NOW));
  }

  private static LimitRange raw(Given given) {
    var items = new ArrayList<LimitRange.Item>();
    for (String type : given.word(1).split(",")) {
      items.add(
          new LimitRange.Item(
              type,
              list(given.get("max", "-")),
              list(given.get("min", "-")),
              list(given.get("default", "-")),
              list(given.get("request", "-")),
              list(given.get("ratio", "-"))));
    }
    return new LimitRange(items);
  }

  private static LimitRange range(Given given) {
    return given.has("bare") ? raw(given) : LimitRanges.stored(raw(given));
  }

  private static String filled(LimitRange range, String cell, Given given) {
    LimitRanges.Filled filled =
        LimitRanges.fill(range, ResourceDefaults.decoded(SumsText.pod(cell)));
    return given.has("note") ? filled.annotation() : containers(filled.pod());
  }

  private static String containers(PodResources pod) {
    return Stream.concat(pod.initContainers().stream(), pod.containers().stream())
        .map(QuotaAnswers::container)
        .collect(Collectors.joining("; "));
  }

  private static String container(ContainerResources container) {
    return container.name() + " " + words(container.requests()) + " / " + words(container.limits());
  }

  private static String count(LimitRange range, PodResources pod) {
    int count = LimitRanges.violations(range, pod).size();
    return count == 0 ? "ok" : "rejected " + count;
  }

  private static String both(LimitRange range, String cell) {
    PodResources filled =
        LimitRanges.fill(range, ResourceDefaults.decoded(SumsText.pod(cell))).pod();
    return containers(filled) + ": " + count(range, filled);
  }

  private static String applies(Given given) {
    String operation = given.word(1);
    String subresource = operation.equals("resize") ? "resize" : "";
    return Boolean.toString(
        LimitRanges.apply(operation.equals("create"), subresource, given.has("deleting")));
  }
}
