package dev.slipway.ingest.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.ImagePullPolicy;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodSpec;
import dev.slipway.engine.api.RestartPolicy;
import dev.slipway.engine.profile.Gates;
import dev.slipway.engine.profile.Release;
import dev.slipway.engine.resources.EffectiveResources;
import dev.slipway.engine.resources.PodResources;
import dev.slipway.engine.resources.ResourceOptions;
import dev.slipway.ingest.defaults.ApiGates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class ManifestReaderTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        containers:
        - name: app
          image: registry.example.com:5000/web
          readinessProbe:
            httpGet: {port: http}
      """;

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: front
        namespace: shop
      spec:
        replicas: 3
        template:
          metadata:
            labels: {app: front}
          spec:
            containers:
            - name: app
              image: front:1
              resources:
                limits: {cpu: 500m}
      """;

  @Test
  void readsAPodWithTheServersDefaults() {
    ManifestResult result = read(POD);

    assertThat(result.problems()).isEmpty();
    Pod pod = result.pods().getFirst().pod();
    assertThat(pod.metadata().key()).isEqualTo("default/web");
    assertThat(pod.metadata().uid()).isNotEmpty();
    assertThat(pod.spec().terminationGracePeriodSeconds()).isEqualTo(30);
    assertThat(pod.spec().containers().getFirst().imagePullPolicy())
        .isEqualTo(ImagePullPolicy.ALWAYS);
    assertThat(pod.spec().containers().getFirst().readinessProbe())
        .satisfies(probe -> assertThat(probe.periodSeconds()).isEqualTo(10));
  }

  @Test
  void readsSeveralDocumentsAndCountsOtherKinds() {
    ManifestResult result =
        read("---\n# head\n---\n" + POD + "---\nkind: Service\napiVersion: v1\n---\n" + DEPLOYMENT);

    assertThat(result.pods())
        .extracting(PodSource::kind, PodSource::document)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Pod", 0),
            org.assertj.core.groups.Tuple.tuple("Deployment", 2));
    assertThat(result.passedOver()).containsEntry("Service", 1);
  }

  @Test
  void aBrokenDocumentDoesNotTakeTheOthersWithIt() {
    ManifestResult result = read("a: [1\n---\n" + POD + "---\nspec: {{ .Values.spec }}\n");

    assertThat(result.pods()).hasSize(1);
    assertThat(result.problems())
        .extracting(Problem::field)
        .containsExactly("line 2 column 1", "line 14 column 8");
  }

  @Test
  void allMistakesAreReportedAtOnceWithFileAndField() {
    ManifestResult result =
        read(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              contaners: []
              containers:
              - {name: a, image: b, imagePullpolicy: Never}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: b}
            spec:
              containers:
              - {name: a, image: b, tty: "yes"}
            """);

    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "test.yaml: spec.containers[0].imagePullpolicy: unknown field",
            "test.yaml: spec.contaners: unknown field",
            "test.yaml: spec.containers[0].tty: json: cannot unmarshal string into Go struct field"
                + " Container.spec.containers.tty of type bool");
  }

  @Test
  void podsOfWorkloadsAreNamedAsControllersNameThem() {
    ManifestResult result =
        read(
            DEPLOYMENT
                + "---\n"
                + DEPLOYMENT.replace("kind: Deployment", "kind: StatefulSet")
                + "---\n"
                + DEPLOYMENT.replace("kind: Deployment", "kind: DaemonSet"));

    PodSource deployment = result.pods().getFirst();
    assertThat(deployment.replicas()).isEqualTo(3);
    assertThat(deployment.pod(1).metadata().name()).matches("front-[a-z0-9]{10}-[a-z0-9]{5}");
    assertThat(deployment.pod(1).metadata().uid()).isNotEqualTo(deployment.pod(0).metadata().uid());
    assertThat(deployment.pod(0)).isEqualTo(deployment.pod());
    assertThat(deployment.pod().metadata().ownerReferences().getFirst().kind())
        .isEqualTo("Deployment");
    assertThat(deployment.pod().spec().containers().getFirst().resources().requests())
        .containsKey("cpu");
    assertThat(result.pods().get(1).pod(2).metadata().name()).isEqualTo("front-2");
    assertThat(result.pods().get(2).pod().metadata().name()).matches("front-[a-z0-9]{5}");
  }

  @Test
  void namesAndUidsAreTheSameAtEveryReading() {
    assertThat(read(DEPLOYMENT).pods().getFirst().pod(2))
        .isEqualTo(read(DEPLOYMENT).pods().getFirst().pod(2));
  }

  @Test
  void readsCronJobsJobsAndLists() {
    String template = "{spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}";
    ManifestResult result =
        read(
            "kind: List\napiVersion: v1\nitems:\n"
                + "- {kind: Job, apiVersion: batch/v1, metadata: {name: j}, spec: {parallelism: 2,"
                + " completions: 4, template: "
                + template
                + "}}\n"
                + "- {kind: CronJob, apiVersion: batch/v1beta1, metadata: {name: c}, spec:"
                + " {schedule: '* * * * *', jobTemplate: {spec: {template: "
                + template
                + "}}}}\n---\nkind: PodList\napiVersion: v1\nitems:\n- metadata: {name: p}\n"
                + "  spec: {containers: [{name: a}]}\n");

    assertThat(result.problems()).isEmpty();
    assertThat(result.pods()).extracting(PodSource::kind).containsExactly("Job", "CronJob", "Pod");
    assertThat(result.pods().getFirst().replicas()).isEqualTo(2);
    assertThat(result.pods().getFirst().completions()).isEqualTo(4);
    assertThat(result.pods().get(1).templatePath()).isEqualTo("spec.jobTemplate.spec.template");
  }

  @Test
  void aWordOfAnotherGroupIsAnotherKind() {
    ManifestResult result = read("apiVersion: batch.volcano.sh/v1alpha1\nkind: Job\n");

    assertThat(result.pods()).isEmpty();
    assertThat(result.passedOver()).containsEntry("Job", 1);
  }

  @Test
  void readsJsonAndCompressedFiles() throws IOException {
    String json =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},"
            + "\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"b:1\"}]}}\n";
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write((json + json).getBytes(StandardCharsets.UTF_8));
    }
    ManifestResult result =
        ManifestReader.strict().read("test.json.gz", new ByteArrayInputStream(bytes.toByteArray()));

    assertThat(result.problems()).isEmpty();
    assertThat(result.pods()).hasSize(2);
  }

  /** Rules V-02, L-900: what the API server of the release keeps of a new pod. */
  @Test
  void gatesDecideWhichFieldsAreKept() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec:
          initContainers: [{name: s, image: "s:1", restartPolicy: Always}]
          containers:
          - name: a
            image: a:1
            restartPolicy: OnFailure
            lifecycle:
              stopSignal: SIGINT
              preStop: {sleep: {seconds: 3}}
        """;
    PodSpec old = read(pod, Gates.of(Release.V1_28)).pods().getFirst().pod().spec();
    assertThat(old.initContainers().getFirst().restartPolicy()).isNull();
    assertThat(old.containers().getFirst().restartPolicy()).isNull();
    assertThat(old.containers().getFirst().preStop()).isInstanceOf(Handler.None.class);
    assertThat(old.containers().getFirst().stopSignal()).isEmpty();
    Gates gates = Gates.parse(Release.V1_37, "ContainerStopSignals=true");
    PodSpec now = read(pod, gates).pods().getFirst().pod().spec();
    assertThat(now.initContainers().getFirst().restartPolicy()).isEqualTo(RestartPolicy.ALWAYS);
    assertThat(now.containers().getFirst().restartPolicy()).isEqualTo(RestartPolicy.ON_FAILURE);
    assertThat(now.containers().getFirst().preStop()).isEqualTo(new Handler.Sleep(3));
    assertThat(now.containers().getFirst().stopSignal()).isEqualTo("SIGINT");
  }

  /** Rules L-900, L-906: without the gate nothing is summed under an init container. */
  @Test
  void gateDecidesWhatASidecarAdds() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec:
          initContainers:
          - {name: s, image: "s:1", restartPolicy: Always, resources: {requests: {cpu: 100m}}}
          - {name: i, image: "i:1", resources: {requests: {cpu: 900m}}}
          containers: [{name: a, image: "a:1", resources: {requests: {cpu: 200m}}}]
        """;
    assertThat(cpuRequest(read(pod, Gates.of(Release.V1_29)))).isEqualTo("1");
    assertThat(cpuRequest(read(pod, Gates.of(Release.V1_28)))).isEqualTo("900m");
  }

  private static String cpuRequest(ManifestResult result) {
    PodResources pod = PodResources.of(result.pods().getFirst().pod().spec());
    return String.valueOf(EffectiveResources.podRequests(pod, ResourceOptions.SPEC).get("cpu"));
  }

  private static ManifestResult read(String text) {
    return read(text, Gates.of(Release.V1_37));
  }

  private static ManifestResult read(String text, Gates gates) {
    try {
      return ManifestReader.strict()
          .with(ApiGates.of(gates))
          .read("test.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
