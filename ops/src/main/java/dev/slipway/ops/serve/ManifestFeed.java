package dev.slipway.ops.serve;

import dev.slipway.actors.EngineCommand;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.PodStatus;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.PodShape;
import dev.slipway.ingest.manifest.PodSource;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pods of manifests, all there are to be at once; a workload after the other. */
final class ManifestFeed implements PodFeed {
  private final List<PodSource> sources;
  private final @Nullable Integer replicas;

  /** Pods of the manifests; with that many replicas of each, or as many as each says. */
  ManifestFeed(List<PodSource> sources, @Nullable Integer replicas) {
    this.sources = List.copyOf(sources);
    this.replicas = replicas;
  }

  /** How many pods there will be. */
  static long pods(List<PodSource> sources, @Nullable Integer replicas) {
    return sources.stream().mapToLong(source -> wanted(source, replicas)).sum();
  }

  private static int wanted(PodSource source, @Nullable Integer replicas) {
    return replicas == null ? source.replicas() : replicas;
  }

  @Override
  public void run(Intake intake, Binder binder) {
    for (PodSource source : sources) {
      if (!run(source, intake, binder)) {
        return;
      }
    }
  }

  private boolean run(PodSource source, Intake intake, Binder binder) {
    Pod template = source.pod();
    Map<Integer, PodShape> byNode = new HashMap<>();
    int wanted = wanted(source, replicas);
    for (int ordinal = 0; ordinal < wanted; ordinal++) {
      ObjectMeta meta = binder.born(meta(source, template.metadata(), ordinal));
      PodShape shape = shape(template.spec(), binder, byNode);
      if (!intake.submit(new EngineCommand.Create(meta, shape, false, PodStatus.EMPTY))) {
        return false;
      }
    }
    return true;
  }

  /** Pods of a template on the same node share everything but their metadata. */
  private static PodShape shape(PodSpec spec, Binder binder, Map<Integer, PodShape> byNode) {
    if (!spec.nodeName().isEmpty()) {
      return binder.shape(spec);
    }
    return byNode.computeIfAbsent(
        binder.next(), node -> PodShape.of(Binder.on(spec, binder.node(node))));
  }

  /** Controllers name their pods; copies of a single pod are numbered. */
  private static ObjectMeta meta(PodSource source, ObjectMeta template, int ordinal) {
    if (ordinal == 0) {
      return template;
    }
    boolean single = source.kind().equals("Pod");
    ObjectMeta own = single ? template : source.metadata(ordinal);
    String name = single ? template.name() + "-" + ordinal : own.name();
    String uid = single ? uid(template.namespace() + "/" + name) : own.uid();
    return new ObjectMeta(
        name,
        template.namespace(),
        uid,
        template.generation(),
        template.resourceVersion(),
        own.labels().equals(template.labels()) ? template.labels() : own.labels(),
        own.annotations().equals(template.annotations())
            ? template.annotations()
            : own.annotations(),
        template.ownerReferences(),
        template.finalizers(),
        Times.NONE,
        Times.NONE,
        null);
  }

  private static String uid(String origin) {
    return UUID.nameUUIDFromBytes(origin.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
