package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that makes pods: a pod itself or a workload with a template.
 *
 * @param file where it was read from
 * @param document index of its document in the file, from 0
 * @param kind Pod, Deployment, ...
 * @param namespace {@code default} where the manifest names none
 * @param replicas pods at work at the same time: 1 for a pod, the parallelism of a job
 * @param completions pods that have to succeed, null for what is not a job or has no such number
 * @param parallelism of a job, null for what is none
 * @param tree the first pod as the API server would store it, in normal form
 * @param source the object as written
 * @param templatePath where the pod template stands in the object, empty for a pod
 */
public record PodSource(
    String file,
    int document,
    String kind,
    String namespace,
    String name,
    int replicas,
    @Nullable Integer completions,
    @Nullable Integer parallelism,
    ObjectNode tree,
    JsonNode source,
    String templatePath) {

  /** The first pod. */
  public Pod pod() {
    return PodReader.read(tree);
  }

  /** The metadata of the pod of that number, without the rest of it. */
  public ObjectMeta metadata(int ordinal) {
    ObjectNode metadata = tree.withObject("/metadata").deepCopy();
    PodNames.put(metadata, this, ordinal);
    return PodReader.readMetadata(metadata, FieldProblems.IGNORED);
  }

  /** The pod of that number, from 0: the same but for name and uid. */
  public Pod pod(int ordinal) {
    ObjectNode copy = tree.deepCopy();
    PodNames.put(copy.withObject("/metadata"), this, ordinal);
    return PodReader.read(copy);
  }
}
