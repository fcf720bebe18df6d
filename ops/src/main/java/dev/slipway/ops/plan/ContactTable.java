package dev.slipway.ops.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in words who can talk to whom. */
final class ContactTable {
  /** More stretches than these are counted. */
  private static final int SPANS_MAX = 2;

  private ContactTable() {}

  static List<String> draw(List<Contact> contacts, TextStyle style) {
    if (contacts.isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("WHO CAN TALK TO WHOM", "NETWORK", "VOLUMES"));
    contacts.forEach(contact -> rows.add(row(contact, style)));
    List<String> lines = new ArrayList<>();
    int first = width(rows, 0);
    int second = width(rows, 1);
    for (List<String> row : rows) {
      lines.add((pad(row.get(0), first) + pad(row.get(1), second) + row.get(2)).stripTrailing());
    }
    lines.add("");
    lines.add("L-030: all containers of a pod have one network, restarts leave it as it is");
    lines.add("L-031: volumes outlive containers: what one wrote, a later one reads");
    if (contacts.stream().anyMatch(contact -> contact.network().isEmpty())) {
      lines.add("L-112: a regular init container is gone before what comes after it starts");
    }
    return lines;
  }

  private static List<String> row(Contact contact, TextStyle style) {
    String arrow = style.unicode() ? "→" : "->";
    String both = style.unicode() ? "↔" : "<->";
    String link =
        switch (contact.kind()) {
          case BOTH_WAYS -> both;
          case ONE_WAY -> contact.volumes().getFirst().toB() ? arrow : style.unicode() ? "←" : "<-";
          case NOT_RUN -> "?";
          case NEVER -> style.unicode() ? "╳" : "x";
        };
    return List.of(
        contact.a() + " " + link + " " + contact.b(),
        network(contact),
        contact.volumes().isEmpty()
            ? "none both use"
            : contact.volumes().stream()
                .map(way -> way.volume() + ": " + way.text(contact, arrow))
                .collect(Collectors.joining(", ")));
  }

  private static String network(Contact contact) {
    List<Span> spans = contact.network();
    if (!contact.notRun().isEmpty()) {
      return contact.notRun() + " did not run";
    }
    if (spans.isEmpty()) {
      return "never at the same time";
    }
    String text = spans.stream().limit(SPANS_MAX).map(Span::text).collect(Collectors.joining(", "));
    int more = spans.size() - SPANS_MAX;
    return more > 0 ? text + " and " + more + " more" : text;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0) + 2;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
