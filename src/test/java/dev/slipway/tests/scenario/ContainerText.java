package dev.slipway.tests.scenario;

import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ProbeType;
import dev.slipway.engine.api.Quantity;
import dev.slipway.engine.api.ResizePolicy;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.api.RestartRule;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.ContainerScript.HookScript;
import dev.slipway.engine.runtime.ContainerScript.ProbeScript;
import dev.slipway.engine.runtime.ContainerScript.Run;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One container of a row: its spec and how it behaves, from {@code key=value} words. */
final class ContainerText {
  private static final int SIGTERM_EXIT = 143;

  final String name;
  private @Nullable RestartPolicy policy;
  private final List<RestartRule> rules = new ArrayList<>();
  private final Map<ProbeType, ProbeSpec> probes = new EnumMap<>(ProbeType.class);
  private final Map<ProbeType, List<ProbeScript>> answers = new EnumMap<>(ProbeType.class);
  private @Nullable Handler postStart;
  private @Nullable Handler preStop;
  private @Nullable HookScript postStartRun;
  private @Nullable HookScript preStopRun;
  private ResourceRequirements resources = ResourceRequirements.NONE;
  private final List<String> mounts = new ArrayList<>();
  private final List<ResizePolicy> resizes = new ArrayList<>();
  private String image;
  private ImagePullPolicy pullPolicy = ImagePullPolicy.IF_NOT_PRESENT;
  private List<Run> runs = List.of(Run.FOREVER);
  private long pull;
  private int pullFails;
  private long create;
  private long start;
  private int startErrors;
  private long stop;
  private int stopExit = SIGTERM_EXIT;
  private long memory;

  ContainerText(String name) {
    this.name = name;
    this.image = name + ":1";
    if (name.startsWith("s")) {
      policy = RestartPolicy.ALWAYS;
    }
  }

  /** The mark {@code ?}: a startup and a liveness probe with defaults. */
  void probed() {
    probes.put(ProbeType.STARTUP, probe(""));
    probes.put(ProbeType.LIVENESS, probe(""));
  }

  /** Takes one word. */
  void set(String key, String value) {
    switch (key) {
      case "policy" -> policy = RestartPolicy.of(value);
      case "rule" -> rules.add(rule(value));
      case "has" -> resources = resources(value);
      case "mount" -> mounts.add(value);
      case "resize" -> resizes.add(resize(value));
      case "image" -> image = value;
      case "pullPolicy" -> pullPolicy = ImagePullPolicy.of(value);
      case "startup", "liveness", "readiness" -> probes.put(type(key), probe(value));
      case "startup.says", "liveness.says", "readiness.says" ->
          answers.put(type(key.substring(0, key.indexOf('.'))), answers(value));
      case "post" -> {
        postStart = handler(value);
        postStartRun = hook(value);
      }
      case "pre" -> {
        preStop = handler(value);
        preStopRun = hook(value);
      }
      case "run" -> runs = runs(value);
      case "pull" -> pull = Seconds.of(value);
      case "pullFails" -> pullFails = Integer.parseInt(value);
      case "create" -> create = Seconds.of(value);
      case "start" -> start = Seconds.of(value);
      case "startErrors" -> startErrors = Integer.parseInt(value);
      case "stop" -> stop(value);
      case "requests" -> resources = new ResourceRequirements(amounts(value), resources.limits());
      case "limits" -> resources = new ResourceRequirements(resources.requests(), amounts(value));
      case "restartsFor" -> resizes.add(new ResizePolicy(value, true));
      case "uses" -> memory = value.equals("?") ? -1 : Quantity.parse(value).value();
      default -> throw new IllegalArgumentException("unknown word of a container: " + key);
    }
  }

  private static ProbeType type(String key) {
    return ProbeType.valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** {@code p10,f3,s1,i0,t1,g5}: what is left out has the API's default. */
  private static ProbeSpec probe(String text) {
    int[] numbers = new int[128];
    Long grace = null;
    for (String item : text.split(",")) {
      if (item.startsWith("g")) {
        grace = Long.valueOf(item.substring(1));
      } else if (!item.isEmpty()) {
        numbers[item.charAt(0)] = Integer.parseInt(item.substring(1));
      }
    }
    return new ProbeSpec(
        new Handler.Exec(List.of("probe")),
        numbers['i'],
        numbers['t'],
        numbers['p'],
        numbers['s'],
        numbers['f'],
        grace);
  }

  /** {@code 0+,22-,55+/0.5}: from which second after the start, the answer, how long it takes. */
  private static List<ProbeScript> answers(String text) {
    List<ProbeScript> list = new ArrayList<>();
    for (String item : text.split(",")) {
      String[] parts = item.split("/");
      String from = parts[0].substring(0, parts[0].length() - 1);
      long took = parts.length > 1 ? Seconds.of(parts[1]) : 0;
      list.add(new ProbeScript(Seconds.of(from), parts[0].endsWith("+"), took));
    }
    return list;
  }

  /** {@code Restart:In:42,43}. */
  private static RestartRule rule(String text) {
    String[] parts = text.split(":");
    List<Integer> codes = new ArrayList<>();
    for (String code : parts[2].split(",")) {
      codes.add(Integer.valueOf(code));
    }
    return new RestartRule(
        parts[0].equals("Restart")
            ? RestartRule.Action.RESTART
            : RestartRule.Action.RESTART_ALL_CONTAINERS,
        parts[1].equals("In") ? RestartRule.Operator.IN : RestartRule.Operator.NOT_IN,
        codes);
  }

  /** {@code req.cpu:500m,lim.memory:1Gi}; {@code -}: nothing. */
  static ResourceRequirements resources(String text) {
    Map<String, Quantity> requests = new HashMap<>();
    Map<String, Quantity> limits = new HashMap<>();
    if (!text.equals("-")) {
      for (String item : text.split(",")) {
        String[] parts = item.substring(4).split(":");
        (item.startsWith("req.") ? requests : limits).put(parts[0], Quantity.parse(parts[1]));
      }
    }
    return new ResourceRequirements(requests, limits);
  }

  /** {@code memory:RestartContainer}. */
  private static ResizePolicy resize(String text) {
    String[] parts = text.split(":");
    return new ResizePolicy(parts[0], parts[1].equals("RestartContainer"));
  }

  private static Handler handler(String text) {
    return text.startsWith("sleep")
        ? new Handler.Sleep(Long.parseLong(text.substring(5)))
        : new Handler.Exec(List.of("hook"));
  }

  /** {@code 3} seconds, {@code 3!}: then it fails, {@code never} ends. */
  private static @Nullable HookScript hook(String text) {
    if (text.startsWith("sleep")) {
      return null;
    }
    boolean fails = text.endsWith("!");
    String time = fails ? text.substring(0, text.length() - 1) : text;
    return new HookScript(time.equals("never") ? -1 : Seconds.of(time), !fails);
  }

  /** {@code 5/1,60/0/OOMKilled,-}: seconds and exit code of each life; the last one repeats. */
  private static List<Run> runs(String text) {
    List<Run> list = new ArrayList<>();
    for (String item : text.split(",")) {
      String[] parts = item.split("/");
      list.add(
          item.equals("-")
              ? Run.FOREVER
              : new Run(
                  Seconds.of(parts[0]),
                  Integer.parseInt(parts[1]),
                  parts.length > 2 ? parts[2] : ""));
    }
    return list;
  }

  /** {@code 2/143}: exits so long after the signal; {@code never}: ignores it. */
  private void stop(String text) {
    String[] parts = text.split("/");
    stop = text.equals("never") ? -1 : Seconds.of(parts[0]);
    stopExit = parts.length > 1 ? Integer.parseInt(parts[1]) : SIGTERM_EXIT;
  }

  /** {@code cpu:100m,memory:64Mi}; {@code -}: none. */
  private static Map<String, Quantity> amounts(String text) {
    Map<String, Quantity> amounts = new HashMap<>();
    if (!text.equals("-")) {
      for (String item : text.split(",")) {
        String[] parts = item.split(":");
        amounts.put(parts[0], Quantity.parse(parts[1]));
      }
    }
    return amounts;
  }

  ResourceRequirements resources() {
    return resources;
  }

  ContainerSpec spec() {
    return new ContainerSpec(
        name,
        image,
        pullPolicy,
        policy,
        rules,
        probes.get(ProbeType.STARTUP),
        probes.get(ProbeType.LIVENESS),
        probes.get(ProbeType.READINESS),
        postStart,
        preStop,
        "",
        resources,
        resizes,
        mounts);
  }

  ContainerScript script() {
    return new ContainerScript(
        pull,
        pullFails,
        create,
        start,
        startErrors,
        runs,
        stop,
        stopExit,
        postStartRun,
        preStopRun,
        answers.getOrDefault(ProbeType.STARTUP, List.of()),
        answers.getOrDefault(ProbeType.LIVENESS, List.of()),
        answers.getOrDefault(ProbeType.READINESS, List.of()),
        memory);
  }
}
