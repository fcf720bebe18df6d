package dev.slipway.ingest.defaults;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Defaults of volumes. */
final class VolumeDefaults {
  private static final int READABLE_BY_ALL = 0644;
  private static final int TOKEN_SECONDS = 3600;
  private static final int CERTIFICATE_SECONDS = 86_400;

  private VolumeDefaults() {}

  static void volume(ObjectNode volume) {
    boolean named = volume.has("name");
    if (volume.size() == (named ? 1 : 0)) {
      volume.putObject("emptyDir");
    }
    Fill.object(volume, "hostPath", path -> Fill.absentText(path, "type", ""));
    Fill.object(volume, "secret", VolumeDefaults::mode);
    Fill.object(volume, "configMap", VolumeDefaults::mode);
    Fill.object(volume, "downwardAPI", VolumeDefaults::downwardApi);
    Fill.object(volume, "projected", VolumeDefaults::projected);
    Fill.object(volume, "iscsi", iscsi -> Fill.text(iscsi, "iscsiInterface", "default"));
    Fill.object(volume, "rbd", VolumeDefaults::rbd);
    Fill.object(volume, "azureDisk", VolumeDefaults::azureDisk);
    Fill.object(volume, "scaleIO", VolumeDefaults::scaleIo);
    Fill.object(volume, "image", VolumeDefaults::image);
    Fill.object(
        volume,
        "ephemeral",
        ephemeral -> Fill.object(ephemeral, "volumeClaimTemplate", VolumeDefaults::claimTemplate));
  }

  private static void mode(ObjectNode source) {
    Fill.absent(source, "defaultMode", READABLE_BY_ALL);
  }

  private static void downwardApi(ObjectNode source) {
    mode(source);
    downwardItems(source);
  }

  private static void downwardItems(ObjectNode source) {
    Fill.each(source, "items", VolumeDefaults::fieldRef);
  }

  static void fieldRef(ObjectNode parent) {
    Fill.object(parent, "fieldRef", ref -> Fill.text(ref, "apiVersion", "v1"));
  }

  private static void projected(ObjectNode source) {
    mode(source);
    Fill.each(
        source,
        "sources",
        projection -> {
          Fill.object(projection, "downwardAPI", VolumeDefaults::downwardItems);
          Fill.object(
              projection,
              "serviceAccountToken",
              token -> Fill.absent(token, "expirationSeconds", TOKEN_SECONDS));
          Fill.object(
              projection,
              "podCertificate",
              certificate -> Fill.absent(certificate, "maxExpirationSeconds", CERTIFICATE_SECONDS));
        });
  }

  private static void rbd(ObjectNode source) {
    Fill.text(source, "pool", "rbd");
    Fill.text(source, "user", "admin");
    Fill.text(source, "keyring", "/etc/ceph/keyring");
  }

  private static void azureDisk(ObjectNode source) {
    Fill.absentText(source, "cachingMode", "ReadWrite");
    Fill.absentText(source, "kind", "Shared");
    Fill.absentText(source, "fsType", "ext4");
    Fill.absent(source, "readOnly", false);
  }

  private static void scaleIo(ObjectNode source) {
    Fill.text(source, "storageMode", "ThinProvisioned");
    Fill.text(source, "fsType", "xfs");
  }

  private static void image(ObjectNode source) {
    Fill.text(source, "pullPolicy", Images.defaultPullPolicy(source.path("reference").asText()));
  }

  private static void claimTemplate(ObjectNode template) {
    claimSpec(Fill.make(template, "spec"));
  }

  static void claimSpec(ObjectNode spec) {
    Fill.absentText(spec, "volumeMode", "Filesystem");
    ResourceDefaults.roundAll(spec, "resources");
  }

  /** A claim template of a stateful set. */
  static void claim(ObjectNode claim) {
    claimSpec(Fill.make(claim, "spec"));
    ObjectNode status = Fill.make(claim, "status");
    Fill.text(status, "phase", "Pending");
    ResourceDefaults.round(status, "capacity");
    ResourceDefaults.round(status, "allocatedResources");
  }
}
