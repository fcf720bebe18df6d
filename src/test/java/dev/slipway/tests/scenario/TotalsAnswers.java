package dev.slipway.tests.scenario;

import static dev.slipway.tests.scenario.SumsText.words;

import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.QosClass;
import dev.slipway.engine.resources.QosRules;
import dev.slipway.engine.resources.ResourceList;
import dev.slipway.engine.resources.ResourceQuota;
import dev.slipway.engine.totals.Contribution;
import dev.slipway.engine.totals.GroupTotals;
import dev.slipway.engine.totals.PodEntry;
import dev.slipway.engine.totals.PodKeys;
import dev.slipway.engine.totals.Totals;
import dev.slipway.engine.totals.TotalsImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions about live totals: {@code totals} and what happens to pods, each {@code add[name ns
 * node pod]}, {@code resize[name pod]}, {@code move[name node]}, {@code end[name]}, {@code
 * uncharge[name]}, {@code remove[name]}, all in the order of the table ({@code -} is no node); then
 * one of {@code of=cluster}, {@code of=node/n}, {@code of=ns/a}, {@code of=qos/Burstable} and
 * {@code quota[hard]} of namespace a.
 */
final class TotalsAnswers {
  private final Totals totals = new Totals();
  private final Map<String, PodEntry> entries = new HashMap<>();
  private final Map<String, PodResources> pods = new HashMap<>();

  private TotalsAnswers() {}

  static String of(Given given) {
    var answers = new TotalsAnswers();
    given.all("add").forEach(answers::add);
    given.all("resize").forEach(answers::resize);
    given.all("move").forEach(answers::move);
    given.all("end").forEach(answers::end);
    given.all("uncharge").forEach(name -> answers.update(name, PodPhase.RUNNING, false));
    given.all("remove").forEach(answers::remove);
    return answers.answer(given);
  }

  private <T> T known(Map<String, T> map, String name) {
    T value = map.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no such pod: " + name);
    }
    return value;
  }

  private void add(String text) {
    String[] words = text.split(" +", 4);
    PodResources pod = SumsText.pod(words[3]);
    QosClass qos = QosRules.of(pod);
    var keys = new PodKeys(words[1], qos, "ReplicaSet/r", "", false, false);
    entries.put(words[0], totals.add(keys, words[2].equals("-") ? "" : words[2]));
    pods.put(words[0], pod);
    update(words[0], PodPhase.RUNNING, true);
  }

  private void update(String name, PodPhase phase, boolean charged) {
    Contribution contribution =
        phase.terminal() ? Contribution.NONE : totals.contribution(known(pods, name));
    totals.update(known(entries, name), phase, true, 0, contribution, charged);
  }

  private void resize(String text) {
    String[] words = text.split(" +", 2);
    pods.put(words[0], SumsText.pod(words[1]));
    update(words[0], PodPhase.RUNNING, true);
  }

  private void move(String text) {
    String[] words = text.split(" +");
    totals.move(known(entries, words[0]), words[1]);
  }

  private void end(String name) {
    update(name, PodPhase.SUCCEEDED, false);
  }

  private void remove(String name) {
    totals.remove(known(entries, name));
  }

  private String answer(Given given) {
    TotalsImage image = totals.image();
    if (given.has("quota")) {
      ResourceList hard = SumsText.list(given.get("quota", "-"));
      var quota = new ResourceQuota("q", List.of(), hard, ResourceList.EMPTY);
      return words(image.quotas().used("a", quota));
    }
    String[] of = given.get("of", "cluster").split("/");
    GroupTotals group =
        switch (of[0]) {
          case "node" -> image.nodes().get(of.length > 1 ? of[1] : "");
          case "ns" -> image.namespaces().get(of[1]);
          case "qos" -> image.qosClasses().get(of[1]);
          default -> image.cluster();
        };
    return group.pods()
        + " pods; "
        + words(group.requests())
        + "; limits "
        + words(group.limits())
        + "; unlimited "
        + group.unlimited("cpu")
        + " "
        + group.unlimited("memory");
  }
}
