package dev.slipway.ops.resources;

import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ingest.validation.FieldError;
import dev.slipway.ingest.validation.PodValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the API server would refuse about the amounts of a pod that is yet to be made. */
public final class ResourceProblems {
  /** Fields below {@code spec} that decide about amounts. */
  private static final Pattern FIELDS =
      Pattern.compile("((initContainers|containers)(\\[\\d+]\\.resources|$)|resources|overhead).*");

  private ResourceProblems() {}

  /** The problems; none with an object a cluster has stored: it has been valid once. */
  public static List<Problem> of(PodSource source) {
    var problems = new ArrayList<Problem>();
    if (isStored(source)) {
      return problems;
    }
    if (source.replicas() < 0) {
      String field = source.kind().endsWith("Job") ? "parallelism" : "spec.replicas";
      problems.add(
          new Problem(
              source.file(), field, "must be greater than or equal to 0: " + source.replicas()));
    }
    String template = source.templatePath();
    List<FieldError> errors =
        template.isEmpty()
            ? PodValidator.DEFAULT.create(source.tree())
            : PodValidator.DEFAULT.template(source.tree(), template);
    for (FieldError error : errors) {
      if (decides(error.field(), source)) {
        problems.add(new Problem(source.file(), error.field(), error.message()));
      }
    }
    return problems;
  }

  /** Whether amounts depend on that field. */
  static boolean decides(String field, PodSource source) {
    String spec = (source.templatePath().isEmpty() ? "" : source.templatePath() + ".") + "spec.";
    return field.startsWith(spec) && FIELDS.matcher(field.substring(spec.length())).matches();
  }

  /** An object of a cluster, not one that is yet to be made. */
  static boolean isStored(PodSource source) {
    return source.kind().equals("Pod")
        && !source.source().path("metadata").path("uid").asText().isEmpty();
  }
}
