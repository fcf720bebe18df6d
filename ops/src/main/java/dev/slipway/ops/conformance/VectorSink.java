package dev.slipway.ops.conformance;

import dev.slipway.engine.event.PodSink;
import java.lang.reflect.Proxy;

/** Takes a pod's effects where a case does not look at them. */
final class VectorSink {
  /** A proxy, so that cases need not know of effects that are none of theirs. */
  static final PodSink IGNORED =
      (PodSink)
          Proxy.newProxyInstance(
              PodSink.class.getClassLoader(), new Class<?>[] {PodSink.class}, (_, _, _) -> null);

  private VectorSink() {}
}
