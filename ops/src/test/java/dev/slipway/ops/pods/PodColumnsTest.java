package dev.slipway.ops.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ingest.manifest.PodReader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What kubectl prints, case by case (printers_test.go TestPrintPod and the code beside it, 1.37.2).
 */
final class PodColumnsTest {
  /** Status, then READY, STATUS, RESTARTS. */
  private static final String CASES =
      """
      {"phase":"Pending"}                                                                             | 0/2 | Pending           | 0
      {}                                                                                              | 0/2 | Pending           | 0
      {"phase":"Failed","reason":"Evicted"}                                                           | 0/2 | Evicted           | 0
      {"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]} | 0/2 | SchedulingGated | 0
      {"phase":"Pending","initContainerStatuses":[INIT:waiting=PodInitializing]}                      | 0/2 | Init:0/2          | 0
      {"phase":"Pending","initContainerStatuses":[INIT:running]}                                      | 0/2 | Init:0/2          | 0
      {"phase":"Pending","initContainerStatuses":[INIT:exit=0,SIDE:waiting=PodInitializing]}          | 0/2 | Init:1/2          | 0
      {"phase":"Pending","initContainerStatuses":[INIT:exit=3]}                                       | 0/2 | Init:Error        | 0
      {"phase":"Pending","initContainerStatuses":[INIT:waiting=CrashLoopBackOff:restarts=4]}          | 0/2 | Init:CrashLoopBackOff | 4
      {"phase":"Pending","initContainerStatuses":[INIT:exit=0:restarts=2,SIDE:up:restarts=1],"containerStatuses":[APP:waiting=PodInitializing]} | 1/2 | PodInitializing | 1
      {"phase":"Pending","initContainerStatuses":[INIT:exit=0,SIDE:up],"containerStatuses":[APP:waiting=ImagePullBackOff]} | 1/2 | ImagePullBackOff | 0
      {"phase":"Running","initContainerStatuses":[INIT:exit=0,SIDE:up],"containerStatuses":[APP:up]}  | 2/2 | Running           | 0
      {"phase":"Running","initContainerStatuses":[INIT:exit=0,SIDE:up],"containerStatuses":[APP:running]} | 1/2 | Running       | 0
      {"phase":"Running","initContainerStatuses":[INIT:exit=0,SIDE:up],"containerStatuses":[APP:waiting=CrashLoopBackOff:restarts=7]} | 1/2 | CrashLoopBackOff | 7
      {"phase":"Running","initContainerStatuses":[INIT:exit=0,SIDE:up],"containerStatuses":[APP:exit=1]} | 1/2 | Error          | 0
      {"phase":"Succeeded","initContainerStatuses":[INIT:exit=0,SIDE:exit=0],"containerStatuses":[APP:exit=0]} | 0/2 | Completed | 0
      {"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[APP:up,APP:exit=0]} | 1/2 | Running | 0
      {"phase":"Running","containerStatuses":[APP:up,APP:exit=0]}                                     | 1/2 | NotReady          | 0
      DELETING {"phase":"Running","containerStatuses":[APP:up]}                                       | 1/2 | Terminating       | 0
      DELETING {"phase":"Succeeded","containerStatuses":[APP:exit=0]}                                 | 0/2 | Completed         | 0
      DELETING {"phase":"Running","reason":"NodeLost","containerStatuses":[APP:up]}                   | 1/2 | Unknown           | 0
      """;

  private static final String POD =
      """
      {"metadata":{"namespace":"ns","name":"web","uid":"u"%s},
       "spec":{"nodeName":"n",
        "initContainers":[{"name":"init","image":"i"},{"name":"side","image":"i","restartPolicy":"Always"}],
        "containers":[{"name":"app","image":"i"}]},
       "status":%s}
      """;

  static Stream<String[]> cases() {
    return CASES.lines().map(line -> line.split("\\s+\\|\\s+"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void printsWhatKubectlPrints(String status, String ready, String text, String restarts)
      throws Exception {
    PodLine line = line(status);
    assertThat(line.readyContainers() + "/" + line.containers()).as(status).isEqualTo(ready);
    assertThat(line.status()).as(status).isEqualTo(text.strip());
    assertThat(line.restarts()).as(status).isEqualTo(Integer.parseInt(restarts.strip()));
  }

  private static PodLine line(String status) throws Exception {
    boolean deleting = status.startsWith("DELETING ");
    String json = deleting ? status.substring("DELETING ".length()) : status;
    String meta =
        deleting
            ? ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",\"deletionGracePeriodSeconds\":30"
            : "";
    String expanded = expand(expand(expand(json, "INIT", "init"), "SIDE", "side"), "APP", "app");
    return PodLine.of(PodReader.read(new ObjectMapper().readTree(POD.formatted(meta, expanded))));
  }

  /** {@code APP:exit=1:restarts=2} as a container status. */
  private static String expand(String json, String word, String name) {
    return Pattern.compile(word + "((?::[A-Za-z]+(?:=\\w+)?)+)")
        .matcher(json)
        .replaceAll(match -> container(name, match.group(1).substring(1).split(":")));
  }

  private static String container(String name, String[] facts) {
    String state = "";
    String restarts = "0";
    boolean up = false;
    for (String fact : facts) {
      String[] pair = fact.split("=");
      switch (pair[0]) {
        case "waiting" -> state = "\"waiting\":{\"reason\":\"" + pair[1] + "\"}";
        case "exit" ->
            state =
                "\"terminated\":{\"exitCode\":%s,\"reason\":\"%s\"}"
                    .formatted(pair[1], pair[1].equals("0") ? "Completed" : "Error");
        case "restarts" -> restarts = pair[1];
        default -> {
          state = "\"running\":{\"startedAt\":\"2026-01-01T00:00:00Z\"}";
          up = pair[0].equals("up");
        }
      }
    }
    return "{\"name\":\"%s\",\"state\":{%s},\"ready\":%s,\"started\":%s,\"restartCount\":%s}"
        .formatted(name, state, up, up, restarts);
  }
}
