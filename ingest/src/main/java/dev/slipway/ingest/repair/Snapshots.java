package dev.slipway.ingest.repair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.ClusterObjectCodec;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.ObjectKind;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.manifest.PodReader;
import dev.slipway.ingest.manifest.PodWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All a repair knows, as one JSON object and back. Samples of anomalies are not kept. */
final class Snapshots {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FORMAT = "slipway-repair/v1";

  private Snapshots() {}

  static byte[] write(FeedRepair repair) {
    ObjectNode root = MAPPER.createObjectNode().put("format", FORMAT);
    ArrayNode pods = root.putArray("pods");
    repair.pods.tracked().stream()
        .sorted(Comparator.comparing(tracked -> tracked.identity))
        .forEach(tracked -> track(pods.addObject(), tracked.toTrack()));
    ArrayNode gone = root.putArray("gone");
    repair.pods.stones().tracks().forEach(track -> track(gone.addObject(), track));
    root.put("gap", repair.pods.gap).put("horizon", repair.pods.horizon);
    listing(root, "listing", repair.pods.listing);
    objects(root.putObject("objects"), repair.objects);
    window(root.putObject("window"), repair.window);
    ArrayNode keys = root.putArray("keys");
    repair.keys.list().forEach(keys::add);
    anomalies(root.putObject("anomalies"), repair.anomalies());
    try {
      return MAPPER.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  static void read(byte[] snapshot, FeedRepair repair) {
    JsonNode root;
    try {
      root = MAPPER.readTree(snapshot);
    } catch (IOException e) {
      throw new IllegalArgumentException("snapshot is not JSON: " + e.getMessage(), e);
    }
    if (!root.path("format").asText().equals(FORMAT)) {
      throw new IllegalArgumentException("not a snapshot of a repair: want format " + FORMAT);
    }
    root.path("pods").forEach(track -> repair.restore(track(track)));
    root.path("gone").forEach(track -> repair.restore(track(track)));
    repair.pods.gap = root.path("gap").asBoolean();
    repair.pods.horizon = root.path("horizon").asLong();
    repair.pods.listing = listing(root.path("listing"));
    objects(root.path("objects"), repair.objects);
    window(root.path("window"), repair.window);
    root.path("keys").forEach(key -> repair.keys.add(key.asText()));
    anomalies(root.path("anomalies"), repair.anomalies());
  }

  private static void track(ObjectNode node, Track track) {
    node.put("identity", track.identity()).put("version", track.version());
    node.put("at", track.atNanos()).put("arrival", track.arrivalNanos());
    ArrayNode recent = node.putArray("recent");
    track.recent().forEach(recent::add);
    track.pod().ifPresent(pod -> node.set("pod", PodWriter.write(pod)));
  }

  private static Track track(JsonNode node) {
    List<Long> recent = new ArrayList<>();
    node.path("recent").forEach(version -> recent.add(version.asLong()));
    JsonNode pod = node.path("pod");
    return new Track(
        node.path("identity").asText(),
        pod.isObject() ? Optional.of(PodReader.read(pod)) : Optional.empty(),
        node.path("version").asLong(),
        node.path("at").asLong(),
        node.path("arrival").asLong(),
        recent);
  }

  private static void listing(ObjectNode node, String field, @Nullable Listing listing) {
    if (listing != null) {
      ObjectNode written = node.putObject(field);
      written.put("version", listing.version).put("partial", listing.partial);
      ArrayNode seen = written.putArray("seen");
      listing.list().forEach(seen::add);
    }
  }

  private static @Nullable Listing listing(JsonNode node) {
    if (!node.isObject()) {
      return null;
    }
    var listing = new Listing(node.path("version").asLong());
    listing.partial = node.path("partial").asBoolean();
    node.path("seen").forEach(identity -> listing.add(identity.asText()));
    return listing;
  }

  private static void objects(ObjectNode node, ObjectStories objects) {
    ArrayNode held = node.putArray("held");
    for (ObjectStories.Held one : objects.held()) {
      ObjectNode written = held.addObject();
      written.put("version", one.version()).put("gone", one.gone());
      written.put("arrival", one.arrivalNanos());
      written.set("object", ClusterObjectCodec.write(one.object()));
    }
    ArrayNode gaps = node.putArray("gaps");
    objects.gaps.forEach(kind -> gaps.add(kind.name()));
    ObjectNode listings = node.putObject("listings");
    objects.listings().forEach((kind, listing) -> listing(listings, kind.name(), listing));
  }

  private static void objects(JsonNode node, ObjectStories objects) {
    for (JsonNode one : node.path("held")) {
      objects.restore(
          new ObjectStories.Held(
              ClusterObjectCodec.read(one.path("object")),
              one.path("version").asLong(),
              one.path("gone").asBoolean(),
              one.path("arrival").asLong()));
    }
    node.path("gaps").forEach(kind -> objects.gaps.add(ObjectKind.valueOf(kind.asText())));
    for (var entry : node.path("listings").properties()) {
      Listing listing = listing(entry.getValue());
      if (listing != null) {
        objects.listings().put(ObjectKind.valueOf(entry.getKey()), listing);
      }
    }
  }

  private static void window(ObjectNode node, ReorderWindow window) {
    node.put("newest", window.newest).put("released", window.released);
    ArrayNode waiting = node.putArray("waiting");
    for (ReorderWindow.Held held : window.list()) {
      ObjectNode written = waiting.addObject();
      written.put("version", held.version).put("arrival", held.arrivalNanos);
      written.put("at", held.event.atNanos());
      switch (held.event) {
        case FeedEvent.PodSeen seen -> {
          written.put("action", seen.action().name());
          written.set("pod", PodWriter.write(seen.pod()));
        }
        case FeedEvent.PodDeleted deleted -> {
          ref(written.putObject("deleted"), deleted.pod());
          written.put("resourceVersion", deleted.resourceVersion());
        }
        case FeedEvent.PodBound bound -> {
          ref(written.putObject("bound"), bound.pod());
          written.put("node", bound.nodeName());
        }
        default -> throw new IllegalStateException("does not wait: " + held.event);
      }
    }
  }

  private static void window(JsonNode node, ReorderWindow window) {
    for (JsonNode held : node.path("waiting")) {
      long at = held.path("at").asLong();
      FeedEvent event;
      if (held.has("pod")) {
        Action action = Action.valueOf(held.path("action").asText());
        event = new FeedEvent.PodSeen(action, PodReader.read(held.path("pod")), at);
      } else if (held.has("deleted")) {
        String version = held.path("resourceVersion").asText();
        event = new FeedEvent.PodDeleted(ref(held.path("deleted")), version, at);
      } else {
        event = new FeedEvent.PodBound(ref(held.path("bound")), held.path("node").asText(), at);
      }
      window.add(event, held.path("version").asLong(), held.path("arrival").asLong());
    }
    window.newest = node.path("newest").asLong(Track.NO_VERSION);
    window.released = node.path("released").asLong(Track.NO_VERSION);
  }

  private static void ref(ObjectNode node, PodRef ref) {
    node.put("uid", ref.uid()).put("namespace", ref.namespace()).put("name", ref.name());
  }

  private static PodRef ref(JsonNode node) {
    return new PodRef(
        node.path("uid").asText(), node.path("namespace").asText(), node.path("name").asText());
  }

  private static void anomalies(ObjectNode node, Anomalies anomalies) {
    ObjectNode counts = node.putObject("counts");
    anomalies.counts().forEach((kind, count) -> counts.put(kind.name(), count));
    ArrayNode lateness = node.putArray("lateness");
    for (int i = 0; i < Lateness.BUCKETS; i++) {
      lateness.add(anomalies.lateness().count(i));
    }
    node.put("latestNanos", anomalies.lateness().maxNanos());
  }

  private static void anomalies(JsonNode node, Anomalies anomalies) {
    node.path("counts")
        .properties()
        .forEach(entry ->
            anomalies.restore(AnomalyKind.valueOf(entry.getKey()), entry.getValue().asLong()));
    for (int i = 0; i < Lateness.BUCKETS; i++) {
      anomalies.lateness().restore(i, node.path("lateness").path(i).asLong());
    }
    anomalies.lateness().restoreMax(node.path("latestNanos").asLong());
  }
}
