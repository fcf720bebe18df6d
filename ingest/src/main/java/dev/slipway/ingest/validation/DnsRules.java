package dev.slipway.ingest.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Rules of a pod's name resolution. */
final class DnsRules {
  private static final List<String> POLICIES =
      List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
  private static final int MAX_NAMESERVERS = 3;
  private static final int MAX_SEARCHES = 32;
  private static final int MAX_SEARCH_CHARACTERS = 2048;

  private final FieldErrors errors;

  DnsRules(FieldErrors errors) {
    this.errors = errors;
  }

  void policy(String policy, Path path) {
    if (!POLICIES.contains(policy)) {
      errors.notSupported(path, policy, POLICIES);
    }
  }

  void config(JsonNode config, String policy, Path path) {
    JsonNode servers = config.path("nameservers");
    if (policy.equals("None")) {
      if (!config.isObject()) {
        errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
        return;
      }
      if (servers.isEmpty()) {
        errors.required(
            path.child("nameservers"),
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
        return;
      }
    }
    if (servers.size() > MAX_NAMESERVERS) {
      errors.invalid(path.child("nameservers"), servers, "must not have more than 3 nameservers");
    }
    for (int i = 0; i < servers.size(); i++) {
      address(servers.get(i).asText(), path.child("nameservers").index(i));
    }
    searches(config.path("searches"), path.child("searches"));
    JsonNode options = config.path("options");
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).path("name").asText().isEmpty()) {
        errors.required(path.child("options").index(i), "must not be empty");
      }
    }
  }

  private void searches(JsonNode searches, Path path) {
    int characters = Math.max(0, searches.size() - 1);
    for (JsonNode search : searches) {
      characters += Words.bytes(search.asText());
    }
    if (searches.size() > MAX_SEARCHES) {
      errors.invalid(path, searches, "must not have more than 32 search paths");
    }
    if (characters > MAX_SEARCH_CHARACTERS) {
      errors.invalid(
          path,
          searches,
          "must not have more than 2048 characters (including spaces) in the search list");
    }
    for (int i = 0; i < searches.size(); i++) {
      String search = searches.get(i).asText();
      String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
      if (!search.equals(".")) {
        errors.invalid(path.index(i), name, Words.subdomainWithUnderscores(name));
      }
    }
  }

  void hostAliases(JsonNode aliases, Path path) {
    for (int i = 0; i < aliases.size(); i++) {
      Path place = path.index(i);
      address(aliases.get(i).path("ip").asText(), place.child("ip"));
      JsonNode names = aliases.get(i).path("hostnames");
      for (int j = 0; j < names.size(); j++) {
        String name = names.get(j).asText();
        errors.invalid(place.child("hostnames").index(j), name, Words.subdomain(name));
      }
    }
  }

  private void address(String address, Path path) {
    errors.invalid(path, address, IpAddress.wrong(address));
  }
}
