package dev.slipway.engine.observe;

/** Who receives what was derived, in order, during the call that derives it. */
public interface ObserveSink {
  void transition(ObservedPod pod, ObservedTransition transition);

  void finding(ObservedPod pod, Finding finding);

  /** The pod is Ready for the first time: its stage times are complete. */
  void readyFirst(ObservedPod pod);
}
