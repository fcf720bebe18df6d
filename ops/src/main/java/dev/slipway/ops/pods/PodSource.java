package dev.slipway.ops.pods;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the answers about pods come from. Calls may block; any thread may make them. */
interface PodSource {
  /** Refuses a question it cannot answer. */
  void check(PodQuery query) throws PodRoutes.BadRequest;

  /** What a reader of lists has to know about them, empty: nothing. */
  String note();

  Watch watch(PodQuery query);

  void end(Watch watch);

  /** Whoever waits for a change looks up. */
  void wakeAll();

  /** Pages of the pods asked for, in the order of their names; the watch learns who is shown. */
  void list(PodQuery query, Optional<Watch> watch, PodDoor.PageSink<PodDoor.Shown> sink)
      throws IOException;

  /** One pod with all that is known of it, empty if there is none. */
  Optional<ObjectNode> pod(String namespace, String name);

  /** Counts and requests, in the order of their names. */
  List<ObjectNode> nodes();

  List<ObjectNode> namespaces();

  /** Stage times by workload, empty where nobody measures. */
  List<StageLine> stages(String namespace);
}
