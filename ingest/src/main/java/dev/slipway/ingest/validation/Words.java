package dev.slipway.ingest.validation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Forms of names, labels, ports and the like: each method answers what is wrong with a text,
 * nothing if it is right.
 */
final class Words {
  static final int LABEL_MAX = 63;
  static final int SUBDOMAIN_MAX = 253;
  static final int PORT_NAME_MAX = 15;
  static final int PORT_MAX = 65_535;

  private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN_FORM = LABEL_FORM + "(\\." + LABEL_FORM + ")*";
  private static final String UNDERSCORE_LABEL_FORM = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final String UNDERSCORE_FORM =
      UNDERSCORE_LABEL_FORM + "(\\." + UNDERSCORE_LABEL_FORM + ")*";
  private static final String NAME_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE_FORM = "(" + NAME_FORM + ")?";
  private static final String HEADER_FORM = "[-A-Za-z0-9]+";
  private static final String CONFIG_KEY_FORM = "[-._a-zA-Z0-9]+";

  private static final Pattern LABEL = Pattern.compile(LABEL_FORM);
  private static final Pattern SUBDOMAIN = Pattern.compile(SUBDOMAIN_FORM);
  private static final Pattern UNDERSCORE = Pattern.compile(UNDERSCORE_FORM);
  private static final Pattern NAME = Pattern.compile(NAME_FORM);
  private static final Pattern VALUE = Pattern.compile(VALUE_FORM);
  private static final Pattern HEADER = Pattern.compile(HEADER_FORM);
  private static final Pattern CONFIG_KEY = Pattern.compile(CONFIG_KEY_FORM);
  private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");
  private static final Pattern VARIABLE = Pattern.compile("[ -<>-~]+");

  private static final String LABEL_TEXT =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '"
          + LABEL_FORM
          + "')";
  private static final String SUBDOMAIN_TEXT =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is '"
          + SUBDOMAIN_FORM
          + "')";
  private static final String UNDERSCORE_TEXT =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-'"
          + " or '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
          + " regex used for validation is '"
          + UNDERSCORE_FORM
          + "')";
  private static final String NAME_CHARACTERS =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '"
          + NAME_FORM
          + "')";
  private static final String KEY_TEXT =
      "a valid label key "
          + NAME_CHARACTERS
          + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
  private static final String VALUE_TEXT =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is '"
          + VALUE_FORM
          + "')";
  private static final String HEADER_TEXT =
      "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name',"
          + " regex used for validation is '"
          + HEADER_FORM
          + "')";
  private static final String CONFIG_KEY_TEXT =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
          + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '"
          + CONFIG_KEY_FORM
          + "')";
  private static final String NON_EMPTY = "must be non-empty";

  private Words() {}

  /** A DNS label. */
  static List<String> label(String text) {
    var wrong = new ArrayList<String>();
    if (bytes(text) > LABEL_MAX) {
      wrong.add("must be no more than 63 characters");
    }
    if (!LABEL.matcher(text).matches()) {
      wrong.add(SUBDOMAIN.matcher(text).matches() ? "must not contain dots" : LABEL_TEXT);
    }
    return wrong;
  }

  /** A DNS subdomain: labels and dots. */
  static List<String> subdomain(String text) {
    var wrong = new ArrayList<String>();
    if (bytes(text) > SUBDOMAIN_MAX) {
      wrong.add("must be no more than 253 characters");
    }
    if (!SUBDOMAIN.matcher(text).matches()) {
      wrong.add(SUBDOMAIN_TEXT);
    }
    return wrong;
  }

  /** A DNS subdomain that may hold underscores. */
  static List<String> subdomainWithUnderscores(String text) {
    var wrong = new ArrayList<String>();
    if (bytes(text) > SUBDOMAIN_MAX) {
      wrong.add("must be no more than 253 characters");
    }
    if (!UNDERSCORE.matcher(text).matches()) {
      wrong.add(UNDERSCORE_TEXT);
    }
    return wrong;
  }

  /** The key of a label: a name, with a prefix or not. */
  static List<String> qualifiedName(String text) {
    var wrong = new ArrayList<String>();
    String[] parts = text.split("/", -1);
    if (parts.length > 2) {
      return List.of(KEY_TEXT);
    }
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        wrong.add("prefix part " + NON_EMPTY);
      } else {
        subdomain(parts[0]).forEach(what -> wrong.add("prefix part " + what));
      }
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) {
      wrong.add("name part " + NON_EMPTY);
    } else if (bytes(name) > LABEL_MAX) {
      wrong.add("name part must be no more than 63 bytes");
    }
    if (!NAME.matcher(name).matches()) {
      wrong.add("name part " + NAME_CHARACTERS);
    }
    return wrong;
  }

  /** The value of a label. */
  static List<String> labelValue(String text) {
    var wrong = new ArrayList<String>();
    if (bytes(text) > LABEL_MAX) {
      wrong.add("must be no more than 63 bytes");
    }
    if (!VALUE.matcher(text).matches()) {
      wrong.add(VALUE_TEXT);
    }
    return wrong;
  }

  /** The name of a port (rule V-19). */
  static List<String> portName(String text) {
    var wrong = new ArrayList<String>();
    if (bytes(text) > PORT_NAME_MAX) {
      wrong.add("must be no more than 15 characters");
    }
    if (!PORT_CHARACTERS.matcher(text).matches()) {
      wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (text.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
      wrong.add("must contain at least one letter (a-z)");
    }
    if (text.contains("--")) {
      wrong.add("must not contain consecutive hyphens");
    }
    if (text.startsWith("-") || text.endsWith("-")) {
      wrong.add("must not begin or end with a hyphen");
    }
    return wrong;
  }

  /** The number of a port. */
  static List<String> portNumber(long port) {
    return port >= 1 && port <= PORT_MAX ? List.of() : List.of(between(1, PORT_MAX));
  }

  /** A user or group. */
  static List<String> userId(long id) {
    return id >= 0 && id <= Integer.MAX_VALUE ? List.of() : List.of(between(0, Integer.MAX_VALUE));
  }

  static String between(long least, long most) {
    return "must be between " + least + " and " + most + ", inclusive";
  }

  static List<String> httpHeader(String text) {
    return HEADER.matcher(text).matches() ? List.of() : List.of(HEADER_TEXT);
  }

  /** The name of an environment variable. */
  static List<String> variable(String text) {
    return VARIABLE.matcher(text).matches()
        ? List.of()
        : List.of(
            "a valid environment variable name must consist only of printable ASCII characters"
                + " other than '='");
  }

  /** The key of a config map or a secret. */
  static List<String> configKey(String text) {
    var wrong = new ArrayList<String>();
    if (bytes(text) > SUBDOMAIN_MAX) {
      wrong.add("must be no more than 253 characters");
    }
    if (!CONFIG_KEY.matcher(text).matches()) {
      wrong.add(CONFIG_KEY_TEXT);
    }
    if (text.equals(".")) {
      wrong.add("must not be '.'");
    } else if (text.equals("..")) {
      wrong.add("must not be '..'");
    } else if (text.startsWith("..")) {
      wrong.add("must not start with '..'");
    }
    return wrong;
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
