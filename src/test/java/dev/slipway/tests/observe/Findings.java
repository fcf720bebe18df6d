package dev.slipway.tests.observe;

import dev.slipway.engine.observe.Finding;
import dev.slipway.engine.observe.ObserveSink;
import dev.slipway.engine.observe.ObservedPod;
import dev.slipway.engine.observe.ObservedTransition;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class Findings implements ObserveSink {
  final List<Finding> findings = new ArrayList<>();
  final List<ObservedTransition> transitions = new ArrayList<>();
  int ready;

  @Override
  public void transition(ObservedPod pod, ObservedTransition transition) {
    transitions.add(transition);
  }

  @Override
  public void finding(ObservedPod pod, Finding finding) {
    findings.add(finding);
  }

  @Override
  public void readyFirst(ObservedPod pod) {
    ready++;
  }
}
