package dev.slipway.bench.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.format.Format;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The records of {@link WatchFeed} in other formats. */
final class FormatRecords {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int RECORDS = 20_000;
  private static final int PODS = 2_000;
  private static final int LIST_ITEMS = 100;
  private static final String TIME = "2026-01-02T03:04:05.678901Z";

  private FormatRecords() {}

  static List<byte[]> of(Format format) {
    var feed = new WatchFeed(7, PODS);
    List<byte[]> records = new ArrayList<>();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String watch = new String(feed.next().value(), StandardCharsets.UTF_8);
      String object = watch.substring(watch.indexOf("{\"kind\""), watch.length() - 1);
      if (format == Format.LIST) {
        items.add(object);
        if (items.size() == LIST_ITEMS) {
          records.add(bytes(list(items)));
          items.clear();
        }
      } else {
        records.add(bytes(record(format, watch, object, i)));
      }
    }
    return records;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String list(List<String> items) {
    return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":["
        + String.join(",", items)
        + "]}";
  }

  private static String record(Format format, String watch, String object, int number) {
    return switch (format) {
      case WATCH -> watch;
      case OBJECT -> object;
      case LIST -> throw new IllegalArgumentException("made of many");
      case AUDIT ->
          """
          {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"a-%d",\
          "stage":"ResponseComplete","requestURI":"/api/v1/namespaces/team/pods/web/status","verb":"patch",\
          "user":{"username":"system:node:n","groups":["system:nodes"]},"sourceIPs":["10.0.0.1"],"userAgent":"kubelet",\
          "objectRef":{"resource":"pods","namespace":"team","name":"web","apiVersion":"v1","subresource":"status"},\
          "responseStatus":{"metadata":{},"code":200},"responseObject":%s,"requestReceivedTimestamp":"%s",\
          "stageTimestamp":"%s"}\
          """
              .formatted(number, object, TIME, TIME);
      case CLOUD_EVENT ->
          """
          {"specversion":"1.0","id":"%d","source":"https://10.96.0.1:443","type":\
          "dev.knative.apiserver.resource.update","subject":"/apis/v1/namespaces/team/pods/web","datacontenttype":\
          "application/json","time":"%s","data":%s,"kind":"Pod","name":"web","namespace":"team"}\
          """
              .formatted(number, TIME, object);
      case SCHEDULER_SIMULATOR ->
          "{\"time\":\"%s\",\"event\":\"Update\",\"resource\":%s}".formatted(TIME, object);
      case KWOK ->
          """
          {"kind":"ResourcePatch","apiVersion":"action.kwok.x-k8s.io/v1alpha1","resource":{"version":"v1",\
          "resource":"pods"},"target":{"name":"web","namespace":"team"},"durationNanosecond":%d,"method":"create",\
          "template":%s}\
          """
              .formatted(number, object);
      case OTLP -> otlp(object);
      case CORE_EVENT ->
          """
          {"kind":"Event","apiVersion":"v1","metadata":{"name":"web.%1$d","namespace":"team","uid":"e-%1$d",\
          "creationTimestamp":"2026-01-02T03:04:05Z"},"involvedObject":{"kind":"Pod","namespace":"team","name":"web",\
          "uid":"u-%1$d","apiVersion":"v1","fieldPath":"spec.containers{app}"},"reason":"Started","message":\
          "Container started","source":{"component":"kubelet","host":"node-1"},"firstTimestamp":"2026-01-02T03:04:05Z",\
          "lastTimestamp":"2026-01-02T03:04:05Z","count":1,"type":"Normal"}\
          """
              .formatted(number);
      case CONTAINER_EVENT ->
          """
          {"containerId":"c%1$d","containerEventType":"CONTAINER_STOPPED_EVENT","createdAt":"1767323045%1$09d",\
          "podSandboxStatus":{"id":"s%1$d","metadata":{"name":"web","namespace":"team","uid":"u-%1$d"},"state":\
          "SANDBOX_READY"},"containersStatuses":[{"id":"c%1$d","metadata":{"name":"app"},"state":"CONTAINER_EXITED",\
          "exitCode":137}],"node":"node-1"}\
          """
              .formatted(number);
      case RUNTIME_REPORT ->
          """
          {"slipway":"runtime/v1","node":"node-1","pod":{"uid":"u-%1$d","namespace":"team","name":"web"},"container":\
          "app","containerId":"c%1$d","step":"started","time":"%2$s"}\
          """
              .formatted(number, TIME);
    };
  }

  private static String otlp(String object) {
    ObjectNode body = MAPPER.createObjectNode();
    var values = body.putObject("kvlistValue").putArray("values");
    values.addObject().put("key", "type").putObject("value").put("stringValue", "MODIFIED");
    try {
      values.addObject().put("key", "object").set("value", any(MAPPER.readTree(object)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are JSON", e);
    }
    return """
    {"resourceLogs":[{"resource":{},"scopeLogs":[{"scope":{},"logRecords":[{"observedTimeUnixNano":\
    "1767323045000000000","body":%s}]}]}]}\
    """
        .formatted(body);
  }

  private static ObjectNode any(JsonNode value) {
    ObjectNode any = MAPPER.createObjectNode();
    if (value.isObject()) {
      var values = any.putObject("kvlistValue").putArray("values");
      value
          .properties()
          .forEach(entry ->
              values.addObject().put("key", entry.getKey()).set("value", any(entry.getValue())));
    } else if (value.isArray()) {
      var values = any.putObject("arrayValue").putArray("values");
      value.forEach(element -> values.add(any(element)));
    } else if (value.isBoolean()) {
      any.put("boolValue", value.booleanValue());
    } else if (value.isNumber()) {
      any.put("intValue", value.asText());
    } else if (value.isTextual()) {
      any.put("stringValue", value.textValue());
    }
    return any;
  }
}
