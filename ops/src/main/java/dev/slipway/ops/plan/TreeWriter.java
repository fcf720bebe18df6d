package dev.slipway.ops.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.slipway.engine.api.Times;
import java.util.List;

/** Writes plans as JSON or YAML; times are milliseconds after the pod's start. */
final class TreeWriter {
  private TreeWriter() {}

  static String json(List<PodPlan> plans, PlanCounts counts, boolean explain) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(tree(plans, counts, explain));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String yaml(List<PodPlan> plans, PlanCounts counts, boolean explain) {
    try {
      return YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build()
          .writeValueAsString(tree(plans, counts, explain))
          .stripTrailing();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode tree(List<PodPlan> plans, PlanCounts counts, boolean explain) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode items = root.putArray("plans");
    plans.forEach(plan -> plan(plan, items.addObject(), explain));
    ObjectNode summary = root.putObject("summary");
    summary.put("planned", counts.planned());
    ObjectNode passedOver = summary.putObject("passedOver");
    counts.passedOver().forEach(passedOver::put);
    ArrayNode problems = summary.putArray("problems");
    counts.problems().forEach(problem -> problems.add(problem.toString()));
    return root;
  }

  private static void plan(PodPlan plan, ObjectNode node, boolean explain) {
    node.put("file", plan.file());
    node.put("kind", plan.kind());
    node.put("namespace", plan.namespace());
    node.put("name", plan.name());
    node.put("pod", plan.podName());
    node.put("replicas", plan.replicas());
    Outcome outcome = plan.outcome();
    ObjectNode result = node.putObject("outcome");
    result.put("result", outcome.kind().name());
    result.put("atMs", millis(outcome.at()));
    result.put("detail", outcome.detail());
    node.put("endMs", millis(plan.timeline().end()));
    node.put("endedBy", plan.timeline().endedBy());
    plan.sums().write(node.putObject("sums"));
    if (explain) {
      plan.explanation().forEach(node.putArray("explanation")::add);
    }
    ArrayNode rows = node.putArray("rows");
    track(plan.timeline().pod(), rows.addObject());
    plan.timeline().containers().forEach(track -> track(track, rows.addObject()));
    ArrayNode contacts = node.putArray("contacts");
    plan.contacts().forEach(contact -> contact(contact, contacts.addObject()));
    ArrayNode moments = node.putArray("moments");
    for (Moment moment : plan.timeline().moments()) {
      if (explain || !(moment instanceof Moment.Decision)) {
        moment(moment, moments.addObject(), explain);
      }
    }
  }

  private static void contact(Contact contact, ObjectNode node) {
    node.put("a", contact.a());
    node.put("b", contact.b());
    node.put("kind", contact.kind().name());
    node.put("notRun", contact.notRun());
    ArrayNode network = node.putArray("network");
    for (Span span : contact.network()) {
      ObjectNode entry = network.addObject();
      entry.put("fromMs", millis(span.from()));
      entry.put("toMs", millis(span.to()));
    }
    ArrayNode volumes = node.putArray("volumes");
    for (Contact.Way way : contact.volumes()) {
      volumes.addObject().put("name", way.volume()).put("aToB", way.toB()).put("bToA", way.toA());
    }
  }

  private static void track(Track track, ObjectNode node) {
    node.put("name", track.name());
    node.put("role", track.role());
    ArrayNode segments = node.putArray("segments");
    for (Track.Segment segment : track.segments()) {
      ObjectNode entry = segments.addObject();
      entry.put("activity", segment.activity().name());
      entry.put("fromMs", millis(segment.from()));
      entry.put("toMs", millis(segment.to()));
    }
    ArrayNode marks = node.putArray("marks");
    for (Mark mark : track.marks()) {
      ObjectNode entry = marks.addObject();
      entry.put("kind", mark.kind().name());
      entry.put("atMs", millis(mark.at()));
      entry.put("number", mark.number());
    }
  }

  private static void moment(Moment moment, ObjectNode node, boolean explain) {
    node.put("atMs", millis(moment.at()));
    switch (moment) {
      case Moment.Action a -> {
        node.put("source", "user");
        node.put("container", a.container());
        node.put("what", a.what());
        node.put("detail", a.detail());
        why(a.why(), node, explain);
      }
      case Moment.Runtime r -> {
        node.put("source", "runtime");
        node.put("container", r.container());
        node.put("what", r.what());
        node.put("detail", r.detail());
        why(r.why(), node, explain);
      }
      case Moment.Decision d -> {
        node.put("source", "decision");
        node.put("container", d.container());
        node.put("what", d.what());
        node.put("detail", d.detail());
        why(d.why(), node, explain);
      }
      case Moment.Event e -> {
        node.put("source", "event");
        node.put("container", e.container());
        node.put("type", e.type());
        node.put("reason", e.reason());
        node.put("message", e.message());
        why(e.why(), node, explain);
      }
      case Moment.Status s -> {
        node.put("source", "status");
        ArrayNode changes = node.putArray("changes");
        for (StatusChange change : s.changes()) {
          ObjectNode entry = changes.addObject();
          entry.put("container", change.container());
          entry.put("field", change.field());
          entry.put("from", change.from());
          entry.put("to", change.to());
          why(change.why(), entry, explain);
        }
      }
    }
  }

  private static void why(List<Reason> why, ObjectNode node, boolean explain) {
    if (explain) {
      ArrayNode entries = node.putArray("why");
      for (Reason reason : why) {
        entries.addObject().put("rule", reason.rule()).put("fact", reason.fact());
      }
    }
  }

  private static long millis(long nanos) {
    return nanos / Times.MILLI;
  }
}
