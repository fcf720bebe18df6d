package dev.slipway.bench.feed;

import dev.slipway.engine.api.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Watch records of a cluster's pods as its API server writes them, field by field: metadata with
 * the managed fields of the controller manager and the kubelet, volumes, environment, probes and
 * tolerations in the spec, conditions and container statuses. Pods of a few hundred Deployments go
 * through seven versions each, several thousand of them side by side. The same seed gives the same
 * records.
 */
public final class WatchFeed {
  /** Versions of a pod's life: created, bound, initializing, starting, running, ready, deleted. */
  public static final int VERSIONS = 7;

  private static final int DEPLOYMENTS = 300;
  private static final int PODS_A_SECOND = 8;
  private static final long FIRST_SECOND = 1_767_225_600L;

  private final SplittableRandom random;
  private final int[] pods;
  private final int[] versions;
  private int begun;
  private long resourceVersion = 1_000_000;

  /**
   * Makes a feed.
   *
   * @param sideBySide how many pods are alive at a time
   */
  public WatchFeed(long seed, int sideBySide) {
    this.random = new SplittableRandom(seed);
    this.pods = new int[sideBySide];
    this.versions = new int[sideBySide];
    for (int i = 0; i < sideBySide; i++) {
      pods[i] = begun++;
    }
  }

  /** A record and the key of its pod. */
  public record Line(byte[] key, byte[] value) {}

  /** The next record: the next version of some pod. */
  public Line next() {
    int which = random.nextInt(pods.length);
    int pod = pods[which];
    int version = versions[which]++;
    if (versions[which] == VERSIONS) {
      pods[which] = begun++;
      versions[which] = 0;
    }
    resourceVersion++;
    String text = record(pod, version);
    return new Line(
        uid(pod).getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.UTF_8));
  }

  private String record(int pod, int version) {
    String type = version == 0 ? "ADDED" : version == VERSIONS - 1 ? "DELETED" : "MODIFIED";
    return "{\"type\":\""
        + type
        + "\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":"
        + metadata(pod, version)
        + ",\"spec\":"
        + spec(pod, version)
        + ",\"status\":"
        + status(pod, version)
        + "}}";
  }

  /**
   * When a record of a feed arrives, by the clock its pods live on: shortly after it was written.
   */
  static long arrivalNanos(long record, int sideBySide) {
    long second = FIRST_SECOND + sideBySide / PODS_A_SECOND + VERSIONS;
    return second * Times.SECOND + record * Times.SECOND / (PODS_A_SECOND * VERSIONS);
  }

  private static String uid(int pod) {
    return String.format(Locale.ROOT, "%08x-5f1c-4e0b-9a7d-%012x", pod * 0x9E3779B1, pod);
  }

  private static String app(int pod) {
    return "shop-" + pod % DEPLOYMENTS;
  }

  private static String suffix(int pod) {
    return Integer.toString(pod + 60_466_176, 36).substring(1);
  }

  private static String hash(int pod) {
    return String.format(Locale.ROOT, "%08x", (pod % DEPLOYMENTS + 1) * 0x45D9F3B);
  }

  private static String time(int pod, int version) {
    return Instant.ofEpochSecond(FIRST_SECOND + pod / PODS_A_SECOND + version).toString();
  }

  private String metadata(int pod, int version) {
    String replicaSet = app(pod) + "-" + hash(pod);
    String created = time(pod, 0);
    String deletion =
        version < VERSIONS - 1
            ? ""
            : ",\"deletionTimestamp\":\"%s\",\"deletionGracePeriodSeconds\":0"
                .formatted(time(pod, version));
    return """
    {"name":"%1$s-%2$s","generateName":"%1$s-","namespace":"team-%3$d","uid":"%4$s",\
    "resourceVersion":"%5$d","generation":1,"creationTimestamp":"%6$s"%7$s,"labels":{"app.kubernetes.io/name":"%8$s",\
    "app.kubernetes.io/part-of":"shop","pod-template-hash":"%9$s"},"annotations":\
    {"prometheus.io/port":"8080","prometheus.io/scrape":"true"},"ownerReferences":[{"apiVersion":"apps/v1",\
    "kind":"ReplicaSet","name":"%1$s","uid":"%10$s","controller":true,"blockOwnerDeletion":true}],\
    "managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"%6$s",\
    "fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:annotations":{".":{},"f:prometheus.io/port":{},\
    "f:prometheus.io/scrape":{}},"f:generateName":{},"f:labels":{".":{},"f:app.kubernetes.io/name":{},\
    "f:app.kubernetes.io/part-of":{},"f:pod-template-hash":{}},"f:ownerReferences":{".":{},\
    "k:{\\"uid\\":\\"%10$s\\"}":{}}},"f:spec":{"f:containers":{"k:{\\"name\\":\\"app\\"}":{".":{},"f:env":{".":{},\
    "k:{\\"name\\":\\"DB_HOST\\"}":{".":{},"f:name":{},"f:value":{}},"k:{\\"name\\":\\"POD_IP\\"}":{".":{},\
    "f:name":{},"f:valueFrom":{".":{},"f:fieldRef":{}}}},"f:image":{},"f:imagePullPolicy":{},"f:livenessProbe":\
    {".":{},"f:failureThreshold":{},"f:httpGet":{".":{},"f:path":{},"f:port":{},"f:scheme":{}},"f:periodSeconds":{},\
    "f:successThreshold":{},"f:timeoutSeconds":{}},"f:name":{},"f:ports":{".":{},\
    "k:{\\"containerPort\\":8080,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{},"f:protocol":{}}},\
    "f:resources":{".":{},"f:limits":{".":{},"f:memory":{}},"f:requests":{".":{},"f:cpu":{},"f:memory":{}}},\
    "f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},"f:dnsPolicy":{},"f:enableServiceLinks":{},\
    "f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}}%11$s]}\
    """
        .formatted(
            replicaSet,
            suffix(pod),
            pod % 20,
            uid(pod),
            resourceVersion,
            created,
            deletion,
            app(pod),
            hash(pod),
            uid(-1 - pod % DEPLOYMENTS),
            version < 2 ? "" : "," + kubeletFields(pod, version));
  }

  private static String kubeletFields(int pod, int version) {
    return """
    {"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"%s","fieldsType":"FieldsV1","fieldsV1":\
    {"f:status":{"f:conditions":{"k:{\\"type\\":\\"ContainersReady\\"}":{".":{},"f:lastProbeTime":{},\
    "f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\\"type\\":\\"Initialized\\"}":{".":{},\
    "f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\\"type\\":\\"Ready\\"}":\
    {".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},\
    "f:hostIP":{},"f:hostIPs":{},"f:phase":{},"f:podIP":{},"f:podIPs":{".":{},"k:{\\"ip\\":\\"%s\\"}":{".":{},\
    "f:ip":{}}},"f:startTime":{}}},"subresource":"status"}\
    """
        .formatted(time(pod, version), ip(pod));
  }

  private static String ip(int pod) {
    return "10." + (pod >> 16 & 255) + "." + (pod >> 8 & 255) + "." + (pod & 255);
  }

  private static String node(int pod) {
    return "node-" + pod % 500;
  }

  private static String spec(int pod, int version) {
    return """
    {"volumes":[{"name":"config","configMap":{"name":"%1$s-config","defaultMode":420}},{"name":"kube-api-access-%2$s",\
    "projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":\
    "kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},{"downwardAPI":{"items":[{"path":"namespace",\
    "fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}],"defaultMode":420}}],"containers":[{"name":\
    "app","image":"registry.example.com/shop/%1$s:1.4.2","args":["--listen=:8080","--log-format=json"],"ports":\
    [{"containerPort":8080,"protocol":"TCP"}],"env":[{"name":"DB_HOST","value":"db.shop.svc.cluster.local"},{"name":\
    "POD_IP","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"status.podIP"}}}],"resources":{"limits":\
    {"memory":"512Mi"},"requests":{"cpu":"250m","memory":"256Mi"}},"volumeMounts":[{"name":"config","mountPath":\
    "/etc/app"},{"name":"kube-api-access-%2$s","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"\
    }],"livenessProbe":{"httpGet":{"path":"/healthz","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,\
    "successThreshold":1,"failureThreshold":3},"terminationMessagePath":"/dev/termination-log",\
    "terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always",\
    "terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"default","serviceAccount":\
    "default",%3$s"securityContext":{},"schedulerName":"default-scheduler","tolerations":[{"key":\
    "node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},{"key":\
    "node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],"priority":0,\
    "enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"}\
    """
        .formatted(
            app(pod), suffix(pod), version == 0 ? "" : "\"nodeName\":\"" + node(pod) + "\",");
  }

  private static String status(int pod, int version) {
    if (version == 0) {
      return "{\"phase\":\"Pending\",\"qosClass\":\"Burstable\"}";
    }
    String scheduled = condition("PodScheduled", "True", time(pod, 1));
    if (version == 1) {
      return "{\"phase\":\"Pending\",\"conditions\":["
          + scheduled
          + "],\"qosClass\":\"Burstable\"}";
    }
    boolean running = version >= 4;
    boolean ready = version == 5;
    String readyTime = time(pod, Math.min(version, 5));
    String state =
        running
            ? "{\"running\":{\"startedAt\":\"" + time(pod, 4) + "\"}}"
            : "{\"waiting\":{\"reason\":\"ContainerCreating\"}}";
    return """
    {"observedGeneration":1,"phase":"%1$s","conditions":[%2$s,%3$s,%4$s,%5$s,%6$s],"hostIP":"192.168.%7$d.10",\
    "hostIPs":[{"ip":"192.168.%7$d.10"}],%8$s"startTime":"%9$s","containerStatuses":[{"name":"app","state":%10$s,\
    "lastState":{},"ready":%11$s,"restartCount":0,"image":"registry.example.com/shop/%12$s:1.4.2","imageID":"%13$s",\
    %14$s"started":%15$s,"volumeMounts":[{"name":"config","mountPath":"/etc/app"},{"name":"kube-api-access-%16$s",\
    "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount","readOnly":true,"recursiveReadOnly":"Disabled"}]}],\
    "qosClass":"Burstable"}\
    """
        .formatted(
            running ? "Running" : "Pending",
            condition("PodReadyToStartContainers", version > 2 ? "True" : "False", time(pod, 3)),
            condition("Initialized", "True", time(pod, 2)),
            condition("Ready", ready ? "True" : "False", readyTime),
            condition("ContainersReady", ready ? "True" : "False", readyTime),
            scheduled,
            pod % 250,
            version < 3
                ? ""
                : "\"podIP\":\"%1$s\",\"podIPs\":[{\"ip\":\"%1$s\"}],".formatted(ip(pod)),
            time(pod, 2),
            state,
            ready,
            app(pod),
            running ? "registry.example.com/shop/" + app(pod) + "@sha256:" + digest(pod) : "",
            running ? "\"containerID\":\"containerd://" + digest(pod + 1_000_000) + "\"," : "",
            running,
            suffix(pod));
  }

  private static String digest(int of) {
    return String.format(Locale.ROOT, "%016x", of * 0x9E3779B97F4A7C15L).repeat(4);
  }

  private static String condition(String type, String status, String time) {
    String reason =
        status.equals("True")
            ? ""
            : ",\"reason\":\"ContainersNotReady\",\"message\":\"containers with unready status: [app]\"";
    return "{\"type\":\"%s\",\"observedGeneration\":1,\"status\":\"%s\",\"lastProbeTime\":null,\"lastTransitionTime\":\"%s\"%s}"
        .formatted(type, status, time, reason);
  }
}
