package dev.slipway.ingest.format;

import dev.slipway.engine.api.ContainerPort;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResizePolicy;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.ingest.defaults.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the spec of a pod at a cursor. */
final class FastSpecs {
  private static final Names SPEC =
      Names.of(
          "restartPolicy",
          "terminationGracePeriodSeconds",
          "activeDeadlineSeconds",
          "hostNetwork",
          "nodeName",
          "readinessGates",
          "initContainers",
          "containers",
          "ephemeralContainers",
          "resources",
          "overhead",
          "priority",
          "priorityClassName");

  private static final Names CONTAINER =
      Names.of(
          "name",
          "image",
          "imagePullPolicy",
          "restartPolicy",
          "restartPolicyRules",
          "startupProbe",
          "livenessProbe",
          "readinessProbe",
          "lifecycle",
          "resources",
          "resizePolicy",
          "volumeMounts",
          "ports");

  private static final Names LIFECYCLE = Names.of("postStart", "preStop", "stopSignal");
  private static final Names RESIZE = Names.of("resourceName", "restartPolicy");
  private static final Names PORT = Names.of("name", "containerPort");
  private static final Names RULE = Names.of("action", "exitCodes");
  private static final Names EXIT_CODES = Names.of("operator", "values");
  private static final Names GATE = Names.of("conditionType");
  private static final Names MOUNT = Names.of("name");

  private static final RestartPolicy[] RESTARTS = RestartPolicy.values();
  private static final Names RESTART_WORDS =
      Names.of(Stream.of(RESTARTS).map(RestartPolicy::text).toArray(String[]::new));
  private static final ImagePullPolicy[] PULLS = ImagePullPolicy.values();
  private static final Names PULL_WORDS =
      Names.of(Stream.of(PULLS).map(ImagePullPolicy::text).toArray(String[]::new));

  private final JsonCursor cursor;
  private final Texts texts;
  private final FastAmounts amounts;
  private final FastHandlers handlers;

  FastSpecs(JsonCursor cursor, Texts texts, FastAmounts amounts) {
    this.cursor = cursor;
    this.texts = texts;
    this.amounts = amounts;
    this.handlers = new FastHandlers(cursor, texts);
  }

  PodSpec spec() {
    RestartPolicy restartPolicy = null;
    Long grace = null;
    Long deadline = null;
    boolean hostNetwork = false;
    String nodeName = "";
    List<String> gates = List.of();
    List<ContainerSpec> init = List.of();
    List<ContainerSpec> app = List.of();
    List<ContainerSpec> ephemeral = List.of();
    ResourceRequirements resources = null;
    Map<String, Quantity> overhead = Map.of();
    Integer priority = null;
    String priorityClassName = "";
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = SPEC.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> restartPolicy = word(RESTART_WORDS, RESTARTS);
        case 1 -> grace = texts.wholeOrNull();
        case 2 -> deadline = texts.wholeOrNull();
        case 3 -> hostNetwork = texts.bool();
        case 4 -> nodeName = texts.shared();
        case 5 -> gates = names(GATE);
        case 6 -> init = containers();
        case 7 -> app = containers();
        case 8 -> ephemeral = containers();
        case 9 -> resources = cursor.takeNull() ? null : amounts.requirements();
        case 10 -> overhead = amounts.map();
        case 11 -> priority = whole32OrNull();
        case 12 -> priorityClassName = texts.shared();
        default -> cursor.skip();
      }
    }
    return new PodSpec(
        restartPolicy == null ? RestartPolicy.ALWAYS : restartPolicy,
        grace,
        deadline,
        hostNetwork,
        nodeName,
        gates,
        init,
        app,
        ephemeral,
        resources,
        overhead,
        priority,
        priorityClassName);
  }

  private @Nullable Integer whole32OrNull() {
    return cursor.takeNull() ? null : (Integer) texts.whole32();
  }

  /** One of the API's words, null for none; an unknown one is for the tree to weigh. */
  private <T> @Nullable T word(Names words, T[] values) {
    if (cursor.takeNull()) {
      return null;
    }
    cursor.string();
    if (cursor.from == cursor.to) {
      return null;
    }
    int word = words.find(cursor.bytes, cursor.from, cursor.to);
    if (word == Names.UNKNOWN) {
      throw Bail.OUT;
    }
    return values[word];
  }

  /** The one text of each object of a list. */
  private List<String> names(Names only) {
    if (cursor.takeNull()) {
      return List.of();
    }
    var names = new ArrayList<String>(4);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      String name = "";
      int fields = 0;
      for (boolean has = cursor.enter(); has; has = cursor.next()) {
        int field = only.find(cursor.bytes, cursor.from, cursor.to);
        fields = FastPods.once(fields, field);
        if (field == 0) {
          name = texts.shared();
        } else {
          cursor.skip();
        }
      }
      names.add(name);
    }
    return names;
  }

  private List<ContainerSpec> containers() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var containers = new ArrayList<ContainerSpec>(4);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      containers.add(container());
    }
    return containers;
  }

  private ContainerSpec container() {
    String name = "";
    String image = "";
    ImagePullPolicy pull = null;
    RestartPolicy restart = null;
    List<RestartRule> rules = List.of();
    ProbeSpec startup = null;
    ProbeSpec liveness = null;
    ProbeSpec readiness = null;
    Handler postStart = null;
    Handler preStop = null;
    String stopSignal = "";
    ResourceRequirements resources = ResourceRequirements.NONE;
    List<ResizePolicy> resize = List.of();
    List<String> mounts = List.of();
    List<ContainerPort> ports = List.of();
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = CONTAINER.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> name = texts.shared();
        case 1 -> image = texts.shared();
        case 2 -> pull = word(PULL_WORDS, PULLS);
        case 3 -> restart = word(RESTART_WORDS, RESTARTS);
        case 4 -> rules = rules();
        case 5 -> startup = handlers.probe();
        case 6 -> liveness = handlers.probe();
        case 7 -> readiness = handlers.probe();
        case 8 -> {
          if (!cursor.takeNull()) {
            int hooks = 0;
            for (boolean has = cursor.enter(); has; has = cursor.next()) {
              int hook = LIFECYCLE.find(cursor.bytes, cursor.from, cursor.to);
              hooks = FastPods.once(hooks, hook);
              switch (hook) {
                case 0 -> postStart = handlers.hook();
                case 1 -> preStop = handlers.hook();
                case 2 -> stopSignal = texts.shared();
                default -> cursor.skip();
              }
            }
          }
        }
        case 9 ->
            resources = cursor.takeNull() ? ResourceRequirements.NONE : amounts.requirements();
        case 10 -> resize = resizePolicies();
        case 11 -> mounts = names(MOUNT);
        case 12 -> ports = ports();
        default -> cursor.skip();
      }
    }
    return new ContainerSpec(
        name,
        image,
        pull == null ? ImagePullPolicy.of(Images.defaultPullPolicy(image)) : pull,
        restart,
        rules,
        startup,
        liveness,
        readiness,
        postStart,
        preStop,
        stopSignal,
        resources,
        resize,
        mounts,
        ports);
  }

  private List<ContainerPort> ports() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var ports = new ArrayList<ContainerPort>(2);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      String name = "";
      int number = 0;
      int fields = 0;
      for (boolean has = cursor.enter(); has; has = cursor.next()) {
        int field = PORT.find(cursor.bytes, cursor.from, cursor.to);
        fields = FastPods.once(fields, field);
        switch (field) {
          case 0 -> name = texts.shared();
          case 1 -> number = texts.whole32();
          default -> cursor.skip();
        }
      }
      ports.add(new ContainerPort(name, number));
    }
    return ports;
  }

  private List<ResizePolicy> resizePolicies() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var policies = new ArrayList<ResizePolicy>(2);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      String resource = "";
      String restart = "";
      int fields = 0;
      for (boolean has = cursor.enter(); has; has = cursor.next()) {
        int field = RESIZE.find(cursor.bytes, cursor.from, cursor.to);
        fields = FastPods.once(fields, field);
        switch (field) {
          case 0 -> resource = texts.shared();
          case 1 -> restart = texts.shared();
          default -> cursor.skip();
        }
      }
      policies.add(new ResizePolicy(resource, restart.equals("RestartContainer")));
    }
    return policies;
  }

  private List<RestartRule> rules() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var rules = new ArrayList<RestartRule>(2);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      rules.add(rule());
    }
    return rules;
  }

  private RestartRule rule() {
    String action = "";
    String operator = "";
    List<Integer> values = List.of();
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = RULE.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> action = texts.shared();
        case 1 -> {
          if (!cursor.takeNull()) {
            int codes = 0;
            for (boolean has = cursor.enter(); has; has = cursor.next()) {
              int code = EXIT_CODES.find(cursor.bytes, cursor.from, cursor.to);
              codes = FastPods.once(codes, code);
              switch (code) {
                case 0 -> operator = texts.shared();
                case 1 -> values = numbers();
                default -> cursor.skip();
              }
            }
          }
        }
        default -> cursor.skip();
      }
    }
    return new RestartRule(
        switch (action) {
          case "Restart" -> RestartRule.Action.RESTART;
          case "RestartAllContainers" -> RestartRule.Action.RESTART_ALL_CONTAINERS;
          default -> RestartRule.Action.UNKNOWN;
        },
        switch (operator) {
          case "In" -> RestartRule.Operator.IN;
          case "NotIn" -> RestartRule.Operator.NOT_IN;
          default -> RestartRule.Operator.UNKNOWN;
        },
        values);
  }

  private List<Integer> numbers() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var numbers = new ArrayList<Integer>(4);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      numbers.add(texts.whole32());
    }
    return numbers;
  }
}
