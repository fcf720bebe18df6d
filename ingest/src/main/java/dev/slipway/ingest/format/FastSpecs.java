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
  /*
   * In the order of the API server (k8s.io/api core/v1 types.go, 1.37), with what is passed over.
   */
  private static final Names SPEC =
      Names.of(
          "volumes",
          "initContainers",
          "containers",
          "ephemeralContainers",
          "restartPolicy",
          "terminationGracePeriodSeconds",
          "activeDeadlineSeconds",
          "dnsPolicy",
          "nodeSelector",
          "serviceAccountName",
          "serviceAccount",
          "automountServiceAccountToken",
          "nodeName",
          "hostNetwork",
          "hostPID",
          "hostIPC",
          "shareProcessNamespace",
          "securityContext",
          "imagePullSecrets",
          "hostname",
          "subdomain",
          "affinity",
          "schedulerName",
          "tolerations",
          "hostAliases",
          "priorityClassName",
          "priority",
          "dnsConfig",
          "readinessGates",
          "runtimeClassName",
          "enableServiceLinks",
          "preemptionPolicy",
          "overhead",
          "topologySpreadConstraints",
          "setHostnameAsFQDN",
          "os",
          "hostUsers",
          "schedulingGates",
          "resourceClaims",
          "resources",
          "hostnameOverride");

  private static final Names CONTAINER =
      Names.of(
          "name",
          "image",
          "command",
          "args",
          "workingDir",
          "ports",
          "envFrom",
          "env",
          "resources",
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules",
          "volumeMounts",
          "volumeDevices",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle",
          "terminationMessagePath",
          "terminationMessagePolicy",
          "imagePullPolicy",
          "securityContext",
          "stdin",
          "stdinOnce",
          "tty");

  private static final Names LIFECYCLE = Names.of("postStart", "preStop", "stopSignal");
  private static final Names RESIZE = Names.of("resourceName", "restartPolicy");
  private static final Names PORT = Names.of("name", "hostPort", "containerPort", "protocol");
  private static final Names RULE = Names.of("action", "exitCodes");
  private static final Names EXIT_CODES = Names.of("operator", "values");
  private static final Names GATE = Names.of("conditionType");
  private static final Names MOUNT = Names.of("name", "readOnly", "recursiveReadOnly", "mountPath");

  private static final RestartPolicy[] RESTARTS = RestartPolicy.values();
  private static final Names RESTART_WORDS =
      Names.of(Stream.of(RESTARTS).map(RestartPolicy::text).toArray(String[]::new));
  private static final ImagePullPolicy[] PULLS = ImagePullPolicy.values();
  private static final Names PULL_WORDS =
      Names.of(Stream.of(PULLS).map(ImagePullPolicy::text).toArray(String[]::new));

  private static final int NODE_NAME = 12;
  private static final int NO_SEAM = -1;

  private final JsonCursor cursor;
  private final Texts texts;
  private final FastAmounts amounts;
  private final FastHandlers handlers;
  private int seam = NO_SEAM;
  private int nodeTo = NO_SEAM;

  FastSpecs(JsonCursor cursor, Texts texts, FastAmounts amounts) {
    this.cursor = cursor;
    this.texts = texts;
    this.amounts = amounts;
    this.handlers = new FastHandlers(cursor, texts);
  }

  /**
   * Where the node's name stood in the last spec, or would stand: behind a value, before the comma.
   */
  int seam() {
    return seam;
  }

  /** The end of the node's name, the seam where there is none. */
  int nodeTo() {
    return nodeTo;
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
    long fields = 0;
    seam = NO_SEAM;
    int behind = cursor.at;
    for (int field = cursor.first(SPEC); field != Names.END; field = cursor.next(SPEC, field + 1)) {
      fields = FastPods.once(fields, field);
      if (field > NODE_NAME && seam == NO_SEAM) {
        seam = behind;
        nodeTo = behind;
      }
      switch (field) {
        case 1 -> init = containers();
        case 2 -> app = containers();
        case 3 -> ephemeral = containers();
        case 4 -> restartPolicy = word(RESTART_WORDS, RESTARTS);
        case 5 -> grace = texts.wholeOrNull();
        case 6 -> deadline = texts.wholeOrNull();
        case NODE_NAME -> {
          nodeName = texts.shared();
          seam = behind;
          nodeTo = cursor.at;
        }
        case 13 -> hostNetwork = texts.bool();
        case 25 -> priorityClassName = texts.shared();
        case 26 -> priority = whole32OrNull();
        case 28 -> gates = names(GATE);
        case 32 -> overhead = amounts.map();
        case 39 -> resources = cursor.takeNull() ? null : amounts.requirements();
        default -> cursor.skip();
      }
      behind = cursor.at;
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
      for (int field = cursor.first(only);
          field != Names.END;
          field = cursor.next(only, field + 1)) {
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

  /** Without that of the volume that has another name in each pod. */
  private List<String> mounts() {
    List<String> mounts = names(MOUNT);
    for (String mount : mounts) {
      if (mount.startsWith(SpecTemplate.TOKEN_VOLUME)) {
        return mounts.stream().filter(m -> !m.startsWith(SpecTemplate.TOKEN_VOLUME)).toList();
      }
    }
    return mounts;
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
    for (int field = cursor.first(CONTAINER);
        field != Names.END;
        field = cursor.next(CONTAINER, field + 1)) {
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> name = texts.shared();
        case 1 -> image = texts.shared();
        case 5 -> ports = ports();
        case 8 -> resources = amounts.requirementsOrNone();
        case 9 -> resize = resizePolicies();
        case 10 -> restart = word(RESTART_WORDS, RESTARTS);
        case 11 -> rules = rules();
        case 12 -> mounts = mounts();
        case 14 -> liveness = handlers.probe();
        case 15 -> readiness = handlers.probe();
        case 16 -> startup = handlers.probe();
        case 17 -> {
          if (!cursor.takeNull()) {
            int hooks = 0;
            for (int hook = cursor.first(LIFECYCLE);
                hook != Names.END;
                hook = cursor.next(LIFECYCLE, hook + 1)) {
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
        case 20 -> pull = word(PULL_WORDS, PULLS);
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
      for (int field = cursor.first(PORT);
          field != Names.END;
          field = cursor.next(PORT, field + 1)) {
        fields = FastPods.once(fields, field);
        switch (field) {
          case 0 -> name = texts.shared();
          case 2 -> number = texts.whole32();
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
      for (int field = cursor.first(RESIZE);
          field != Names.END;
          field = cursor.next(RESIZE, field + 1)) {
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
    for (int field = cursor.first(RULE); field != Names.END; field = cursor.next(RULE, field + 1)) {
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> action = texts.shared();
        case 1 -> {
          if (!cursor.takeNull()) {
            int codes = 0;
            for (int code = cursor.first(EXIT_CODES);
                code != Names.END;
                code = cursor.next(EXIT_CODES, code + 1)) {
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
