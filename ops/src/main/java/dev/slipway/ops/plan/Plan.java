package dev.slipway.ops.plan;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.replay.EndlessInstantException;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.runtime.Behavior;
import dev.slipway.engine.runtime.BehaviorAnnotations;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.manifest.ManifestResult;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ingest.manifest.PodSource;
import dev.slipway.ingest.manifest.Problem;
import dev.slipway.ops.resources.PodSums;
import dev.slipway.ops.resources.ResourceProblems;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the first pod of everything that carries pods, and prints what came of it. */
public final class Plan {
  /** What is printed. */
  public enum Format {
    TABLE,
    JSON,
    YAML,
    SVG
  }

  /**
   * What to plan and how to print it.
   *
   * @param namespace of what names none; null: default
   * @param explain say where the pod's sums come from
   * @param quiet without the counts at the end
   */
  public record Request(
      ManifestResult manifests,
      @Nullable String namespace,
      PlanOptions options,
      Format format,
      TextStyle style,
      boolean explain,
      boolean quiet) {}

  private final PrintWriter out;
  private final PrintWriter err;
  private final Consumer<String> progress;
  private final Runnable pause;

  /**
   * A plan that prints to these.
   *
   * @param progress is told how far it is
   * @param pause takes the progress off the screen before something is printed
   */
  public Plan(PrintWriter out, PrintWriter err, Consumer<String> progress, Runnable pause) {
    this.out = out;
    this.err = err;
    this.progress = progress;
    this.pause = pause;
  }

  /** Plans everything; true if nothing was wrong with the input. */
  public boolean run(Request request) {
    List<PodSource> sources = request.manifests().pods();
    List<Problem> problems = new ArrayList<>(request.manifests().problems());
    List<PodPlan> plans = new ArrayList<>();
    boolean summary = request.format() == Format.TABLE && sources.size() > 1;
    int planned = 0;
    int titles = summary ? titleWidth(sources, request.namespace()) : 0;
    for (PodSource source : sources) {
      progress.accept("planned " + planned + " of " + sources.size());
      PodPlan plan = plan(source, request, problems);
      planned += plan == null ? 0 : 1;
      if (plan != null && summary) {
        pause.run();
        out.println(line(plan, titles, request.style()));
        if (request.explain()) {
          plan.explanation().forEach(line -> out.println("  " + line));
        }
      } else if (plan != null) {
        plans.add(plan);
      }
    }
    print(
        plans,
        new PlanCounts(planned, new TreeMap<>(request.manifests().passedOver()), problems),
        request);
    return problems.isEmpty();
  }

  // One pod.

  private static @Nullable PodPlan plan(PodSource source, Request request, List<Problem> problems) {
    String path = source.templatePath().isEmpty() ? "" : source.templatePath() + ".";
    List<Problem> found = new ArrayList<>();
    Pod read =
        PodReader.read(
            source.tree(),
            (field, reason) -> found.add(new Problem(source.file(), path + field, reason)));
    invalid(
        read.spec(),
        (field, reason) -> found.add(new Problem(source.file(), path + field, reason)));
    String namespace = namespace(source, request.namespace());
    Pod pod = new Pod(in(namespace, read.metadata()), read.spec(), read.status());
    Behavior behavior =
        request
            .options()
            .behavior()
            .with(
                BehaviorAnnotations.read(
                    pod.metadata(),
                    (name, reason) ->
                        found.add(
                            new Problem(
                                source.file(),
                                path + "metadata.annotations[" + name + "]",
                                reason))));
    if (found.isEmpty()) {
      found.addAll(ResourceProblems.of(source));
    }
    problems.addAll(found);
    if (pod.spec().containers().isEmpty() || !found.isEmpty() && twice(pod.spec())) {
      return null;
    }
    PodShape shape = PodShape.of(pod.spec());
    PodRun.Result result;
    try {
      result =
          PodRun.run(
              pod,
              behavior.draw(pod.metadata(), shape, request.options().seed()),
              request.options());
    } catch (EndlessInstantException e) {
      problems.add(new Problem(source.file(), path + "spec", String.valueOf(e.getMessage())));
      return null;
    }
    return new PodPlan(
        source.file(),
        source.kind(),
        namespace,
        source.name().isEmpty() ? pod.metadata().name() : source.name(),
        pod.metadata().name(),
        source.replicas(),
        result.outcome(),
        result.timeline(),
        PodSums.of(PodResources.of(pod.spec())),
        Contact.of(result.timeline(), Mounts.of(source.tree())));
  }

  private static String namespace(PodSource source, @Nullable String wanted) {
    boolean own = !source.source().at("/metadata/namespace").asText().isEmpty();
    return wanted == null || own ? source.namespace() : wanted;
  }

  private static ObjectMeta in(String namespace, ObjectMeta meta) {
    return new ObjectMeta(
        meta.name(),
        namespace,
        meta.uid(),
        meta.generation(),
        meta.resourceVersion(),
        meta.labels(),
        meta.annotations(),
        meta.ownerReferences(),
        meta.finalizers(),
        meta.creationTimestamp(),
        meta.deletionTimestamp(),
        meta.deletionGracePeriodSeconds());
  }

  private static void invalid(PodSpec spec, BiConsumer<String, String> problems) {
    if (spec.containers().isEmpty()) {
      problems.accept("spec.containers", "Required value");
    }
    if (twice(spec)) {
      problems.accept("spec.containers", "two containers have the same name");
    }
  }

  private static boolean twice(PodSpec spec) {
    Set<String> names = new HashSet<>();
    return !Stream.of(spec.initContainers(), spec.containers(), spec.ephemeralContainers())
        .flatMap(List::stream)
        .map(ContainerSpec::name)
        .allMatch(names::add);
  }

  // Output.

  private static int titleWidth(List<PodSource> sources, @Nullable String namespace) {
    return sources.stream().mapToInt(s -> title(s, namespace).length()).max().orElse(0);
  }

  private static String title(PodSource source, @Nullable String namespace) {
    return source.kind() + " " + namespace(source, namespace) + "/" + source.name();
  }

  private static String line(PodPlan plan, int width, TextStyle style) {
    Outcome outcome = plan.outcome();
    String sgr =
        switch (outcome.kind()) {
          case READY, COMPLETED -> outcome.detail().isEmpty() ? "32" : "33";
          case FAILED, NOT_READY, NOT_COMPLETED -> "31";
        };
    String gap = " ".repeat(Math.max(0, width - plan.title().length()) + 2);
    String horizon = plan.timeline().endedBy().isEmpty() ? "" : " (the horizon)";
    return plan.title() + gap + style.paint(outcome.text() + horizon, sgr);
  }

  private void print(List<PodPlan> plans, PlanCounts counts, Request request) {
    pause.run();
    switch (request.format()) {
      case TABLE -> plans.forEach(plan -> table(plan, request));
      case JSON -> out.println(TreeWriter.json(plans, counts, request.explain()));
      case YAML -> out.println(TreeWriter.yaml(plans, counts, request.explain()));
      case SVG -> out.println(ChartSvg.draw(plans, conditions(request.options())));
    }
    counts.problems().forEach(err::println);
    boolean plain = counts.planned() == 1 && counts.passedOver().isEmpty();
    if (!request.quiet() && !(plain && counts.problems().isEmpty())) {
      PrintWriter to = request.format() == Format.TABLE ? out : err;
      to.println();
      to.println(counts.text());
    }
    out.flush();
    err.flush();
  }

  private static String conditions(PlanOptions options) {
    return "Kubernetes " + options.profile().text() + ", seed " + options.seed();
  }

  private void table(PodPlan plan, Request request) {
    TextStyle style = request.style();
    out.println(style.paint(plan.title(), "1") + ": " + plan.outcome().text());
    out.println("pod " + plan.podName() + ", " + conditions(request.options()));
    out.println();
    ChartText.draw(plan.timeline(), style).forEach(out::println);
    out.println();
    MomentTable.draw(plan.timeline().moments(), style, request.explain()).forEach(out::println);
    out.println();
    plan.sums().table().forEach(out::println);
    if (request.explain()) {
      plan.explanation().forEach(out::println);
      List<String> contacts = ContactTable.draw(plan.contacts(), style);
      if (!contacts.isEmpty()) {
        out.println();
        contacts.forEach(out::println);
      }
    }
    if (!plan.timeline().endedBy().isEmpty()) {
      out.println();
      out.println("ended by " + plan.timeline().endedBy());
    }
  }
}
