package dev.slipway.bench.live;

import dev.slipway.actors.RuntimeFactory;
import dev.slipway.engine.api.ContainerSpec;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.ProbeSpec;
import dev.slipway.engine.api.ResourceRequirements;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.runtime.ContainerScript;
import dev.slipway.engine.runtime.ContainerScript.Run;
import dev.slipway.engine.runtime.RuntimeLog;
import dev.slipway.engine.runtime.SandboxScript;
import dev.slipway.engine.runtime.ScriptedRuntime;
import dev.slipway.engine.state.PodShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The pods of a run: a hundred of each template, names and uids as controllers and the API server
 * make them, a runtime that takes no time for anything.
 */
final class LivePods {
  private static final int PODS_PER_TEMPLATE = 100;

  /** Digits of a pod's number at the end of its name. */
  private static final int DIGITS = 8;

  private final LiveOptions options;
  private final PodShape[] templates;

  /** Equal to the templates, other objects: what an update of a pod's object brings. */
  private final PodShape[] updated;

  LivePods(LiveOptions options) {
    this.options = options;
    int count = Math.max(1, options.pods() / PODS_PER_TEMPLATE);
    templates = new PodShape[count];
    updated = new PodShape[count];
    for (int t = 0; t < count; t++) {
      templates[t] = PodShape.of(spec(t));
      updated[t] = PodShape.of(spec(t));
    }
  }

  /** Metadata of a pod; a pod that takes the place of another is a later generation of it. */
  ObjectMeta meta(int pod, int life) {
    String name = "web-" + pod / PODS_PER_TEMPLATE + "-" + digits(pod);
    String uid = new UUID(mixed(pod * 31L + life), mixed(pod + 7L)).toString();
    return ObjectMeta.of("bench", name, uid);
  }

  private static String digits(int pod) {
    String text = Integer.toString(pod);
    return "0".repeat(DIGITS - text.length()) + text;
  }

  private static long mixed(long value) {
    long z = (value + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    return z ^ (z >>> 27);
  }

  /** The number of a pod, from its name. */
  static int number(ObjectMeta meta) {
    String name = meta.name();
    return Integer.parseInt(name, name.length() - DIGITS, name.length(), 10);
  }

  /** The shape of a pod; every other update brings the other object. */
  PodShape shape(int pod, boolean second) {
    int template = pod / PODS_PER_TEMPLATE % templates.length;
    return second ? updated[template] : templates[template];
  }

  /** The ordinal of an app container. */
  int app() {
    return options.containers() - 1;
  }

  RuntimeFactory runtimes() {
    ContainerScript serves = ContainerScript.DEFAULT;
    ContainerScript exits =
        new ContainerScript(
            0,
            0,
            0,
            0,
            0,
            List.of(new Run(0, 0, "")),
            0,
            0,
            null,
            null,
            serves.startup(),
            serves.liveness(),
            serves.readiness());
    List<ContainerScript> scripts = new ArrayList<>();
    for (int c = 0; c < options.containers(); c++) {
      scripts.add(hasInit() && c == 0 ? exits : serves);
    }
    return (_, shape) ->
        new ScriptedRuntime(shape, SandboxScript.DEFAULT, scripts, RuntimeLog.NONE);
  }

  private boolean hasInit() {
    return options.containers() >= 3;
  }

  private PodSpec spec(int template) {
    List<ContainerSpec> init = new ArrayList<>();
    if (hasInit()) {
      init.add(container("init", template, null, 0));
    }
    if (options.containers() >= 2) {
      init.add(container("sidecar", template, RestartPolicy.ALWAYS, 0));
    }
    List<ContainerSpec> apps = new ArrayList<>();
    for (int c = init.size(); c < options.containers(); c++) {
      apps.add(container("app-" + c, template, null, options.probes()));
    }
    return new PodSpec(
        RestartPolicy.ALWAYS,
        30L,
        null,
        false,
        "node-" + template % 1000,
        List.of(),
        init,
        apps,
        List.of(),
        null,
        Map.of(),
        null,
        "");
  }

  private ContainerSpec container(
      String name, int template, @Nullable RestartPolicy policy, int probes) {
    ProbeSpec probe =
        new ProbeSpec(
            new Handler.TcpSocket("", Handler.Port.of(8080)),
            0,
            1,
            Math.toIntExact(options.period().toSeconds()),
            1,
            3,
            null);
    return new ContainerSpec(
        name,
        "registry.example/" + name + ":" + template,
        ImagePullPolicy.IF_NOT_PRESENT,
        policy,
        List.of(),
        probes > 2 ? probe : null,
        probes > 1 ? probe : null,
        probes > 0 ? probe : null,
        null,
        null,
        "",
        ResourceRequirements.NONE,
        List.of(),
        List.of());
  }
}
