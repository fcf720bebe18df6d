package dev.slipway.engine.observe;

import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.engine.observe.ObservedSpec.Container;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.state.PodState.Worker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod as bytes and back: what a changelog holds. The first byte is the version of the format; a
 * reader refuses others, so that a changelog of another release is not misread.
 */
public final class PodSnapshot {
  private static final int VERSION = 2;

  private static final FindingKind[] KINDS = FindingKind.values();
  private static final RestartPolicy[] POLICIES = RestartPolicy.values();
  private static final RestartRule.Action[] ACTIONS = RestartRule.Action.values();
  private static final RestartRule.Operator[] OPERATORS = RestartRule.Operator.values();
  private static final QosClass[] QOS = QosClass.values();
  private static final Worker[] WORKERS = Worker.values();

  private PodSnapshot() {}

  /** Everything that is remembered of the pod. */
  public static byte[] encode(ObservedPod pod) {
    Bytes out = Bytes.writer();
    out.put(VERSION);
    out.put(pod.uid);
    out.put(pod.namespace);
    out.put(pod.name);
    out.put(pod.ownerKind);
    out.put(pod.ownerName);
    out.put(pod.node);
    out.put(pod.resourceVersion);
    spec(out, pod.spec);
    out.putSigned(pod.phase);
    out.put(pod.conditions);
    out.put(pod.worker.ordinal());
    out.put(pod.fromStart);
    out.putTime(pod.created);
    out.putTime(pod.scheduledAt);
    out.putTime(pod.sandboxAt);
    out.putTime(pod.initializedAt);
    out.putTime(pod.readyAt);
    out.putTime(pod.startTime);
    out.putTime(pod.askedAt);
    out.putTime(pod.graceEndMin);
    out.putTime(pod.graceEndMax);
    out.put(pod.settledWhenAsked);
    out.put(pod.found);
    for (ObservedContainer container : pod.containers) {
      container(out, container);
    }
    doubts(out, pod.doubts);
    out.put(pod.ownerSuffix);
    return out.toArray();
  }

  private static void spec(Bytes out, ObservedSpec spec) {
    out.put(spec.restartPolicy().ordinal());
    out.putSigned(spec.graceSeconds());
    out.putSigned(spec.deadlineSeconds());
    out.put(spec.qos().ordinal());
    out.putSigned(spec.cpuMilli());
    out.putSigned(spec.memoryBytes());
    out.put(spec.appStart());
    out.put(spec.readinessGates().size());
    spec.readinessGates().forEach(out::put);
    out.put(spec.containers().size());
    for (Container c : spec.containers()) {
      out.put(c.name());
      out.put(
          (c.sidecar() ? 1 : 0)
              | (c.probed() ? 2 : 0)
              | (c.preStop() ? 4 : 0)
              | (c.postStart() ? 8 : 0));
      out.putSigned(c.probeGraceSeconds());
      RestartPolicy own = c.ownPolicy();
      out.put(own == null ? 0 : 1 + own.ordinal());
      out.put(c.rules().size());
      c.rules().forEach(rule -> rule(out, rule));
      out.putFixed(c.key());
    }
  }

  private static void rule(Bytes out, RestartRule rule) {
    out.put(rule.action().ordinal());
    out.put(rule.operator().ordinal());
    out.put(rule.exitCodes().size());
    rule.exitCodes().forEach(code -> out.putSigned(code.longValue()));
  }

  private static void container(Bytes out, ObservedContainer c) {
    out.put(
        c.state | (c.ready ? 4 : 0) | (c.ended ? 8 : 0) | (c.completed ? 16 : 0) | c.strikes << 5);
    out.put(c.restarts);
    out.put(c.reason);
    out.putSigned(c.exitCode);
    out.putFixed(c.id);
    out.putTime(c.startedAt);
    out.putSigned(c.instance);
    out.putTime(c.lastEnd);
    out.putTime(c.endBefore);
    out.putTime(c.firstStart);
    out.putSigned(c.backOffDelay);
    out.putTime(c.backOffUpdated);
    out.putFixed(c.backOffKey);
    out.put(c.found);
    out.putSigned(c.lastExit);
    out.put(c.lastReason);
  }

  private static void doubts(Bytes out, List<Doubt> doubts) {
    out.put(doubts.size());
    for (Doubt doubt : doubts) {
      out.put(doubt.kind().ordinal());
      out.put(doubt.container());
      out.putTime(doubt.sinceNanos());
      out.put(doubt.evidence().size());
      for (Finding.Fact fact : doubt.evidence()) {
        out.put(fact.what());
        out.put(fact.value());
      }
    }
  }

  /** The pod of those bytes; a {@link SnapshotException} if they are none. */
  public static ObservedPod decode(byte[] bytes, ObservedSpecs specs) {
    try {
      return read(Bytes.reader(bytes), specs);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new SnapshotException("not a snapshot: " + e.getMessage());
    }
  }

  /** Whose snapshot it is. */
  public record Whose(String uid, String namespace, String name) {}

  /** Whose snapshot those bytes are, without reading the rest. */
  public static Whose whose(byte[] bytes) {
    try {
      Bytes in = Bytes.reader(bytes);
      in.get();
      return new Whose(in.getText(), in.getText(), in.getText());
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new SnapshotException("not a snapshot: " + e.getMessage());
    }
  }

  private static ObservedPod read(Bytes in, ObservedSpecs specs) {
    long version = in.get();
    if (version != VERSION) {
      throw new SnapshotException("unknown version of a snapshot: version=" + version);
    }
    String uid = in.getText();
    String namespace = in.getText().intern();
    String name = in.getText();
    String ownerKind = in.getText().intern();
    String ownerName = in.getText().intern();
    String node = in.getText().intern();
    String resourceVersion = in.getText();
    var pod = new ObservedPod(uid, namespace, name, specs.share(readSpec(in)));
    pod.ownerKind = ownerKind;
    pod.ownerName = ownerName;
    pod.node = node;
    pod.resourceVersion = resourceVersion;
    pod.phase = (byte) in.getSigned();
    pod.conditions = in.getInt();
    pod.worker = WORKERS[in.getInt()];
    pod.fromStart = in.getBoolean();
    pod.created = in.getTime();
    pod.scheduledAt = in.getTime();
    pod.sandboxAt = in.getTime();
    pod.initializedAt = in.getTime();
    pod.readyAt = in.getTime();
    pod.startTime = in.getTime();
    pod.askedAt = in.getTime();
    pod.graceEndMin = in.getTime();
    pod.graceEndMax = in.getTime();
    pod.settledWhenAsked = in.getBoolean();
    pod.found = in.getInt();
    for (ObservedContainer container : pod.containers) {
      read(in, container);
    }
    pod.doubts = readDoubts(in);
    pod.ownerSuffix = (byte) in.getInt();
    if (!in.atEnd()) {
      throw new SnapshotException("something follows the snapshot: uid=" + uid);
    }
    return pod;
  }

  private static ObservedSpec readSpec(Bytes in) {
    RestartPolicy policy = POLICIES[in.getInt()];
    long grace = in.getSigned();
    long deadline = in.getSigned();
    QosClass qos = QOS[in.getInt()];
    long cpuMilli = in.getSigned();
    long memoryBytes = in.getSigned();
    int appStart = in.getInt();
    List<String> gates = new ArrayList<>();
    for (int k = in.getInt(); k > 0; k--) {
      gates.add(in.getText());
    }
    List<Container> containers = new ArrayList<>();
    for (int k = in.getInt(); k > 0; k--) {
      containers.add(readContainer(in));
    }
    return new ObservedSpec(
        policy, grace, deadline, qos, cpuMilli, memoryBytes, appStart, gates, containers);
  }

  private static Container readContainer(Bytes in) {
    String name = in.getText();
    int flags = in.getInt();
    long probeGrace = in.getSigned();
    int own = in.getInt();
    @Nullable RestartPolicy ownPolicy = own == 0 ? null : POLICIES[own - 1];
    List<RestartRule> rules = new ArrayList<>();
    for (int k = in.getInt(); k > 0; k--) {
      rules.add(readRule(in));
    }
    return new Container(
        name,
        (flags & 1) != 0,
        (flags & 2) != 0,
        probeGrace,
        (flags & 4) != 0,
        (flags & 8) != 0,
        ownPolicy,
        rules,
        in.getFixed());
  }

  private static RestartRule readRule(Bytes in) {
    RestartRule.Action action = ACTIONS[in.getInt()];
    RestartRule.Operator operator = OPERATORS[in.getInt()];
    List<Integer> codes = new ArrayList<>();
    for (int k = in.getInt(); k > 0; k--) {
      codes.add((int) in.getSigned());
    }
    return new RestartRule(action, operator, codes);
  }

  private static List<Doubt> readDoubts(Bytes in) {
    List<Doubt> doubts = new ArrayList<>(0);
    for (int k = in.getInt(); k > 0; k--) {
      FindingKind kind = KINDS[in.getInt()];
      String container = in.getText();
      long since = in.getTime();
      List<Finding.Fact> facts = new ArrayList<>();
      for (int f = in.getInt(); f > 0; f--) {
        facts.add(new Finding.Fact(in.getText(), in.getText()));
      }
      doubts.add(new Doubt(kind, container, since, facts));
    }
    return List.copyOf(doubts);
  }

  private static void read(Bytes in, ObservedContainer c) {
    int flags = in.getInt();
    c.state = (byte) (flags & 3);
    c.ready = (flags & 4) != 0;
    c.ended = (flags & 8) != 0;
    c.completed = (flags & 16) != 0;
    c.strikes = (byte) (flags >> 5);
    c.restarts = in.getInt();
    c.reason = in.getText().intern();
    c.exitCode = (int) in.getSigned();
    c.id = in.getFixed();
    c.startedAt = in.getTime();
    c.instance = (int) in.getSigned();
    c.lastEnd = in.getTime();
    c.endBefore = in.getTime();
    c.firstStart = in.getTime();
    c.backOffDelay = in.getSigned();
    c.backOffUpdated = in.getTime();
    c.backOffKey = in.getFixed();
    c.found = in.getInt();
    c.lastExit = (int) in.getSigned();
    c.lastReason = in.getText().intern();
  }
}
