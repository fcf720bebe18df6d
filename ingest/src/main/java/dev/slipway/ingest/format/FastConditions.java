package dev.slipway.ingest.format;

import dev.slipway.engine.api.ConditionStatus;
import dev.slipway.engine.api.PodCondition;
import dev.slipway.engine.api.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the conditions of a pod at a cursor. All pods of a cluster have the same few of them, which
 * differ in nothing but the time of the last transition: a condition is first compared with those
 * that stood at the same place of other pods.
 */
final class FastConditions {
  private static final int PLACES = 8;
  private static final int FORMS = 8;
  private static final int FORM_BYTES_MAX = 1024;

  private static final Names CONDITION =
      Names.of(
          "type",
          "observedGeneration",
          "status",
          "lastProbeTime",
          "lastTransitionTime",
          "reason",
          "message");

  private final JsonCursor cursor;
  private final Texts texts;

  /** The forms of each place, those that came last in front. */
  private final @Nullable Form[][] forms = new Form[PLACES][FORMS];

  FastConditions(JsonCursor cursor, Texts texts) {
    this.cursor = cursor;
    this.texts = texts;
  }

  List<PodCondition> list() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var conditions = new ArrayList<PodCondition>(PLACES);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      cursor.peek();
      conditions.add(condition(forms[Math.min(conditions.size(), PLACES - 1)]));
    }
    return conditions;
  }

  private PodCondition condition(@Nullable Form[] known) {
    for (int i = 0; i < FORMS; i++) {
      Form form = known[i];
      if (form == null) {
        return read(known, i);
      }
      if (form.stands(cursor)) {
        if (i > 0) {
          known[i] = known[i - 1];
          known[i - 1] = form;
        }
        return form.take(cursor, texts);
      }
    }
    return read(known, FORMS - 1);
  }

  private PodCondition read(@Nullable Form[] known, int free) {
    int from = cursor.at;
    int tokens = cursor.tokens();
    String type = "";
    String status = "";
    String reason = "";
    String message = "";
    long observedGeneration = 0;
    long lastTransitionTime = Times.NONE;
    long lastProbeTime = Times.NONE;
    int hole = 0;
    int fields = 0;
    for (int field = cursor.first(CONDITION);
        field != Names.END;
        field = cursor.next(CONDITION, field + 1)) {
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> type = texts.shared();
        case 1 -> observedGeneration = texts.whole();
        case 2 -> status = texts.shared();
        case 3 -> lastProbeTime = texts.time();
        case 4 -> {
          boolean text = cursor.peek() == '"';
          lastTransitionTime = texts.time();
          hole = text && cursor.lastIsPlain(FastTimes.LENGTH) ? cursor.from : 0;
        }
        case 5 -> reason = texts.shared();
        case 6 -> message = texts.shared();
        default -> cursor.skip();
      }
    }
    var condition =
        new PodCondition(
            type,
            ConditionStatus.of(status),
            reason,
            message,
            observedGeneration,
            lastTransitionTime,
            lastProbeTime);
    if (hole > 0 && cursor.at - from <= FORM_BYTES_MAX) {
      known[free] = Form.of(cursor, from, tokens, hole, condition);
    }
    return condition;
  }

  /** A condition's bytes, and the condition they were read as; its time may be another. */
  private record Form(byte[] bytes, int hole, int tokens, int depth, PodCondition condition) {
    static Form of(
        JsonCursor cursor, int from, int tokensBefore, int hole, PodCondition condition) {
      return new Form(
          Arrays.copyOfRange(cursor.bytes, from, cursor.at),
          hole - from,
          cursor.tokens() - tokensBefore,
          cursor.depth(),
          condition);
    }

    boolean stands(JsonCursor cursor) {
      byte[] record = cursor.bytes;
      int at = cursor.at;
      int behind = hole + FastTimes.LENGTH;
      return at + bytes.length <= record.length
          && cursor.depth() <= depth
          && Arrays.equals(bytes, 0, hole, record, at, at + hole)
          && cursor.plainTime(at + hole)
          && Arrays.equals(bytes, behind, bytes.length, record, at + behind, at + bytes.length);
    }

    PodCondition take(JsonCursor cursor, Texts texts) {
      long time = texts.timeAt(cursor.at + hole);
      cursor.jump(bytes.length, tokens);
      return time == condition.lastTransitionTime()
          ? condition
          : new PodCondition(
              condition.type(),
              condition.status(),
              condition.reason(),
              condition.message(),
              condition.observedGeneration(),
              time,
              condition.lastProbeTime());
    }
  }
}
