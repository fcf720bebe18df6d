package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Rules of security contexts. */
final class SecurityRules {
  private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");
  private static final String SYSCTL_FORM =
      "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final Pattern SYSCTL = Pattern.compile(SYSCTL_FORM);
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}]");
  private static final int APP_ARMOR_MAX = 4095;
  private static final int CREDENTIAL_MAX = 64 * 1024;
  private static final int USER_MAX = 104;
  private static final int MAX_ID = Integer.MAX_VALUE;

  private final FieldErrors errors;
  private final Scope scope;

  SecurityRules(FieldErrors errors, Scope scope) {
    this.errors = errors;
    this.scope = scope;
  }

  void container(JsonNode context, Path path) {
    if (!context.isObject()) {
      return;
    }
    boolean privileged = context.path("privileged").asBoolean();
    if (privileged && !scope.allowPrivileged()) {
      errors.forbidden(path.child("privileged"), "disallowed by cluster policy");
    }
    id(context, "runAsUser", path);
    id(context, "runAsGroup", path);
    procMount(context, path.child("procMount"));
    profiles(context, path);
    if (context.has("allowPrivilegeEscalation")
        && !context.path("allowPrivilegeEscalation").asBoolean()) {
      escalation(context, privileged, path);
    }
    windowsOptions(context.path("windowsOptions"), path.child("windowsOptions"));
  }

  private void procMount(JsonNode context, Path path) {
    if (!context.has("procMount")) {
      return;
    }
    String procMount = context.path("procMount").asText();
    if (!procMount.equals("Default") && !procMount.equals("Unmasked")) {
      errors.notSupported(path, procMount, List.of("Default", "Unmasked"));
    } else if (procMount.equals("Unmasked") && scope.hostUsers()) {
      errors.invalid(path, procMount, "`hostUsers` must be false to use `Unmasked`");
    }
  }

  private void escalation(JsonNode context, boolean privileged, Path path) {
    if (privileged) {
      errors.invalid(
          path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
    for (JsonNode capability : context.path("capabilities").path("add")) {
      if (capability.asText().equals("CAP_SYS_ADMIN")) {
        errors.invalid(
            path,
            context,
            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
      }
    }
  }

  private void id(JsonNode context, String field, Path path) {
    if (context.has(field)) {
      id(context.path(field).asLong(), path.child(field));
    }
  }

  private void id(long id, Path path) {
    if (id < 0 || id > MAX_ID) {
      errors.invalid(path, id, Words.between(0, MAX_ID));
    }
  }

  private void profiles(JsonNode context, Path path) {
    if (context.has("seccompProfile")) {
      seccomp(context.path("seccompProfile"), path.child("seccompProfile"));
    }
    if (context.has("appArmorProfile")) {
      appArmor(context.path("appArmorProfile"), path.child("appArmorProfile"));
    }
  }

  private void seccomp(JsonNode profile, Path path) {
    String type = profile.path("type").asText();
    type(type, path.child("type"), "type is required when seccompProfile is set");
    Path local = path.child("localhostProfile");
    if (type.equals("Localhost")) {
      if (profile.has("localhostProfile")) {
        new FileRules(errors).descending(profile.path("localhostProfile").asText(), local);
      } else {
        errors.required(local, "must be set when seccomp type is Localhost");
      }
    } else if (profile.has("localhostProfile")) {
      errors.invalid(local, profile, "can only be set when seccomp type is Localhost");
    }
  }

  private void type(String type, Path path, String missing) {
    if (type.isEmpty()) {
      errors.required(path, missing);
    } else if (!PROFILES.contains(type)) {
      errors.notSupported(path, type, PROFILES);
    }
  }

  private void appArmor(JsonNode profile, Path path) {
    String type = profile.path("type").asText();
    Path place = path.child("localhostProfile");
    type(type, path.child("type"), "type is required when appArmorProfile is set");
    String name = profile.path("localhostProfile").asText();
    if (type.equals("Localhost")) {
      if (name.isBlank()) {
        errors.required(place, "must be set when AppArmor type is Localhost");
      }
      if (!name.equals(name.strip())) {
        errors.invalid(place, name, "must not be padded with whitespace");
      }
      if (Words.bytes(name) > APP_ARMOR_MAX) {
        errors.tooLong(place, APP_ARMOR_MAX);
      }
    } else if (PROFILES.contains(type) && profile.has("localhostProfile")) {
      errors.invalid(place, name, "can only be set when AppArmor type is Localhost");
    }
  }

  private void windowsOptions(JsonNode options, Path path) {
    if (options.has("gmsaCredentialSpecName")) {
      String name = options.path("gmsaCredentialSpecName").asText();
      errors.invalid(path.child("gmsaCredentialSpecName"), name, Words.subdomain(name));
    }
    if (options.has("gmsaCredentialSpec")) {
      String spec = options.path("gmsaCredentialSpec").asText();
      Path place = path.child("gmsaCredentialSpec");
      if (spec.isEmpty()) {
        errors.invalid(place, spec, "gmsaCredentialSpec cannot be an empty string");
      } else if (Words.bytes(spec) > CREDENTIAL_MAX) {
        errors.invalid(place, spec, "gmsaCredentialSpec size must be under 64 KiB");
      }
    }
    if (options.has("runAsUserName")) {
      String user = options.path("runAsUserName").asText();
      userName(user).forEach(what -> errors.invalid(path.child("runAsUserName"), user, what));
    }
  }

  private static List<String> userName(String name) {
    if (name.isEmpty()) {
      return List.of("runAsUserName cannot be an empty string");
    }
    if (CONTROL.matcher(name).find()) {
      return List.of("runAsUserName cannot contain control characters");
    }
    String[] parts = name.split("\\\\", -1);
    if (parts.length > 2) {
      return List.of("runAsUserName cannot contain more than one backslash");
    }
    var wrong = new ArrayList<String>();
    String user = parts[parts.length - 1];
    if (user.isEmpty()) {
      wrong.add("runAsUserName's User cannot be empty");
    } else if (user.length() > USER_MAX) {
      wrong.add("runAsUserName's User length must not be longer than 104 characters");
    }
    return wrong;
  }

  void pod(JsonNode context, Path path) {
    if (scope.spec().path("shareProcessNamespace").asBoolean()
        && scope.spec().path("hostPID").asBoolean()) {
      errors.invalid(
          new Path(path.text().replaceFirst("\\.securityContext$", ""))
              .child("shareProcessNamespace"),
          scope.spec().path("shareProcessNamespace"),
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    id(context, "fsGroup", path);
    id(context, "runAsUser", path);
    id(context, "runAsGroup", path);
    JsonNode groups = context.path("supplementalGroups");
    for (int i = 0; i < groups.size(); i++) {
      id(groups.get(i).asLong(), path.child("supplementalGroups").index(i));
    }
    sysctls(context.path("sysctls"), path.child("sysctls"));
    choice(context, "fsGroupChangePolicy", List.of("Always", "OnRootMismatch"), path);
    choice(context, "supplementalGroupsPolicy", List.of("Merge", "Strict"), path);
    choice(context, "seLinuxChangePolicy", List.of("MountOption", "Recursive"), path);
    profiles(context, path);
    windowsOptions(context.path("windowsOptions"), path.child("windowsOptions"));
  }

  private void choice(JsonNode context, String field, List<String> choices, Path path) {
    if (context.has(field) && !choices.contains(context.path(field).asText())) {
      errors.notSupported(path.child(field), context.path(field).asText(), choices);
    }
  }

  private void sysctls(JsonNode sysctls, Path path) {
    var seen = new HashSet<String>();
    for (int i = 0; i < sysctls.size(); i++) {
      String name = sysctls.get(i).path("name").asText();
      Path place = path.index(i).child("name");
      if (name.isEmpty()) {
        errors.required(place, "");
      } else if (name.length() > Words.SUBDOMAIN_MAX || !SYSCTL.matcher(name).matches()) {
        errors.invalid(
            place, name, "must have at most 253 characters and match regex ^" + SYSCTL_FORM + "$");
      } else if (!seen.add(name.replace('/', '.'))) {
        errors.duplicate(place, name);
      }
    }
  }
}
