package dev.slipway.ingest.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Names and uids of pods like those controllers give, but the same at every reading: what is random
 * there is a hash of the pod's origin here.
 */
final class PodNames {
  /** The letters and digits of generated names: no vowels, so that no words come out. */
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final int TEMPLATE_HASH = 10;

  /** The longest prefix that leaves room for a suffix in a name. */
  private static final int MAX_PREFIX = 63 - SUFFIX;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private PodNames() {}

  /** Gives the pod of a source its name and uid; a pod that has them keeps them. */
  static void put(ObjectNode metadata, PodSource source, int ordinal) {
    String origin = source.namespace() + "/" + source.kind() + "/" + source.name() + "/" + ordinal;
    boolean template = !source.templatePath().isEmpty();
    String name = metadata.path("name").asText();
    if (template || name.isEmpty()) {
      name = name(source, metadata, origin, ordinal);
      metadata.put("name", name);
      metadata.remove("generateName");
    }
    if (template || metadata.path("uid").asText().isEmpty()) {
      byte[] seed = (origin + "/" + name).getBytes(StandardCharsets.UTF_8);
      metadata.put("uid", UUID.nameUUIDFromBytes(seed).toString());
    }
  }

  private static String name(PodSource source, ObjectNode metadata, String origin, int ordinal) {
    String suffix = hash(origin, SUFFIX);
    return switch (source.kind()) {
      case "Pod" -> generated(metadata.path("generateName").asText(), suffix);
      case "StatefulSet" ->
          source.name() + "-" + (source.source().at("/spec/ordinals/start").asInt() + ordinal);
      case "Deployment" ->
          generated(
              source.name()
                  + "-"
                  + hash(source.tree().path("spec").toString(), TEMPLATE_HASH)
                  + "-",
              suffix);
      case "Job" ->
          source.source().at("/spec/completionMode").asText().equals("Indexed")
              ? generated(source.name() + "-" + ordinal + "-", suffix)
              : generated(source.name() + "-", suffix);
      case "CronJob" -> generated(source.name() + "-0-", suffix);
      case "PodTemplate" -> source.name();
      default -> generated(source.name() + "-", suffix);
    };
  }

  private static String generated(String prefix, String suffix) {
    if (prefix.isEmpty()) {
      return "";
    }
    return prefix.substring(0, Math.min(prefix.length(), MAX_PREFIX)) + suffix;
  }

  private static String hash(String text, int length) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    hash ^= hash >>> 32;
    var letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(ALPHABET.charAt((int) Long.remainderUnsigned(hash, ALPHABET.length())));
      hash = Long.divideUnsigned(hash, ALPHABET.length());
    }
    return letters.toString();
  }
}
