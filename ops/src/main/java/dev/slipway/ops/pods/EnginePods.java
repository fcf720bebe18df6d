package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.actors.EngineSystem;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.totals.GroupImages;
import dev.slipway.engine.totals.GroupTotals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The pods an engine drives. */
final class EnginePods implements PodSource {
  /** Counting goes through all pods: at most once in that time, whoever asks. */
  private static final long GROUPS_NANOS = 500_000_000L;

  private final EngineSystem engine;
  private final PodDoor door;
  private final List<String> nodes;
  private @Nullable PodGroups groups;
  private long groupsAt;

  /**
   * Pods of that engine.
   *
   * @param nodes that are there even without pods
   */
  EnginePods(EngineSystem engine, PodDoor door, List<String> nodes) {
    this.engine = engine;
    this.door = door;
    this.nodes = List.copyOf(nodes);
  }

  @Override
  public void check(PodQuery query) {}

  @Override
  public String note() {
    return "";
  }

  @Override
  public Watch watch(PodQuery query) {
    return door.watch(query);
  }

  @Override
  public void end(Watch watch) {
    door.end(watch);
  }

  @Override
  public void wakeAll() {
    door.wakeAll();
  }

  @Override
  public void list(PodQuery query, Optional<Watch> watch, PodDoor.PageSink<PodDoor.Shown> sink)
      throws IOException {
    door.list(engine, query, watch, sink);
  }

  @Override
  public Optional<ObjectNode> pod(String namespace, String name) {
    return door.details(engine, namespace, name).map(PodDetails::write);
  }

  @Override
  public List<ObjectNode> nodes() {
    GroupImages images = groups().nodes();
    TreeSet<String> names = new TreeSet<>(images.names());
    names.addAll(nodes);
    return names.stream().map(name -> json(name, images.get(name))).toList();
  }

  @Override
  public List<ObjectNode> namespaces() {
    GroupImages images = groups().namespaces();
    return new TreeSet<>(images.names())
        .stream().map(name -> json(name, images.get(name))).toList();
  }

  @Override
  public List<StageLine> stages(String namespace) {
    return List.of();
  }

  private synchronized PodGroups groups() {
    PodGroups known = groups;
    long now = System.nanoTime();
    if (known == null || now - groupsAt > GROUPS_NANOS) {
      known = PodDoor.groups(engine);
      groups = known;
      groupsAt = System.nanoTime();
    }
    return known;
  }

  private static ObjectNode json(String name, GroupTotals totals) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name);
    json.put("pods", totals.pods());
    json.put("pending", totals.pods(PodPhase.PENDING));
    json.put("running", totals.pods(PodPhase.RUNNING));
    json.put("succeeded", totals.pods(PodPhase.SUCCEEDED));
    json.put("failed", totals.pods(PodPhase.FAILED));
    json.put("unknown", totals.pods(PodPhase.UNKNOWN));
    json.put("ready", totals.ready());
    json.put("restarts", totals.restarts());
    amounts(json.putObject("requests"), totals.requests());
    amounts(json.putObject("limits"), totals.limits());
    return json;
  }

  private static void amounts(ObjectNode json, ResourceList amounts) {
    for (int k = 0; k < amounts.size(); k++) {
      json.put(amounts.name(k), amounts.amount(k).toString());
    }
  }
}
