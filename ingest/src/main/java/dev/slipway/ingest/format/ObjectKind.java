package dev.slipway.ingest.format;

import org.jspecify.annotations.Nullable;

/** The kinds of objects that are taken in, each with the API group it belongs to. */
public enum ObjectKind {
  POD("", "Pod", "pods"),
  NODE("", "Node", "nodes"),
  NAMESPACE("", "Namespace", "namespaces"),
  RESOURCE_QUOTA("", "ResourceQuota", "resourcequotas"),
  LIMIT_RANGE("", "LimitRange", "limitranges"),
  RUNTIME_CLASS("node.k8s.io", "RuntimeClass", "runtimeclasses"),
  PRIORITY_CLASS("scheduling.k8s.io", "PriorityClass", "priorityclasses"),
  EVENT("", "Event", "events"),
  /** Anything else: a list or a bookmark of a kind that says nothing to us. */
  OTHER("", "", "");

  private static final ObjectKind[] KINDS = values();

  private final String group;
  private final String kind;
  private final String resource;

  ObjectKind(String group, String kind, String resource) {
    this.group = group;
    this.kind = kind;
    this.resource = resource;
  }

  /** The API's name of the kind, {@code Pod}. */
  public String kind() {
    return kind;
  }

  /** The API version its objects have today. */
  String apiVersion() {
    return group.isEmpty() ? "v1" : group + "/v1";
  }

  /** The kind of an object that says both; a missing version is one of a known group. */
  static ObjectKind of(String apiVersion, String kind) {
    String group = groupOf(apiVersion);
    for (ObjectKind candidate : KINDS) {
      if (candidate.kind.equals(kind) && candidate.isIn(group, apiVersion)) {
        return candidate;
      }
    }
    return OTHER;
  }

  /** The kind of a resource as URLs and audit records spell it, null if it is none of ours. */
  static @Nullable ObjectKind ofResource(String group, String resource) {
    for (ObjectKind candidate : KINDS) {
      if (candidate != OTHER
          && candidate.resource.equals(resource)
          && candidate.isIn(group, group)) {
        return candidate;
      }
    }
    return null;
  }

  private boolean isIn(String ofGroup, String apiVersion) {
    return ofGroup.equals(group)
        || apiVersion.isEmpty()
        || (this == EVENT && ofGroup.equals("events.k8s.io"));
  }

  private static String groupOf(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
