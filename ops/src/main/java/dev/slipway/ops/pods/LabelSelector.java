package dev.slipway.ops.pods;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which labels an object must have, in kubectl's words: {@code a=b}, {@code a==b}, {@code a!=b},
 * {@code a in (b,c)}, {@code a notin (b,c)}, {@code a}, {@code !a}, all of them together, parted by
 * commas (apimachinery pkg/labels selector.go, 1.37).
 */
public final class LabelSelector {
  /** Everything matches. */
  public static final LabelSelector ALL = new LabelSelector(List.of());

  private static final String KEY = "[A-Za-z0-9][A-Za-z0-9._/-]*";
  private static final Pattern SET =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern EQUAL =
      Pattern.compile("(" + KEY + ")\\s*(==|=|!=)\\s*([A-Za-z0-9._-]*)");
  private static final Pattern PRESENT = Pattern.compile("(!?)\\s*(" + KEY + ")");

  private final List<Requirement> requirements;

  private LabelSelector(List<Requirement> requirements) {
    this.requirements = requirements;
  }

  /**
   * One requirement.
   *
   * @param wanted false: none of the values, or no such label, is what is asked for
   * @param values empty: the label's presence counts
   */
  private record Requirement(String key, boolean wanted, Set<String> values) {
    boolean holds(Map<String, String> labels) {
      String value = labels.get(key);
      boolean found = value != null && (values.isEmpty() || values.contains(value));
      return found == wanted;
    }
  }

  /**
   * Reads a selector.
   *
   * @throws IllegalArgumentException with the part that cannot be read
   */
  public static LabelSelector parse(String text) {
    List<Requirement> requirements = new ArrayList<>();
    for (String part : parts(text)) {
      requirements.add(requirement(part));
    }
    return requirements.isEmpty() ? ALL : new LabelSelector(List.copyOf(requirements));
  }

  /** Commas between parentheses do not part. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (i == text.length() || (c == ',' && depth == 0)) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    return text.isBlank() ? List.of() : parts;
  }

  private static Requirement requirement(String part) {
    Matcher set = SET.matcher(part);
    if (set.matches()) {
      Set<String> values = new TreeSet<>();
      Arrays.stream(set.group(3).split(",", -1)).map(String::strip).forEach(values::add);
      return new Requirement(set.group(1), set.group(2).equals("in"), values);
    }
    Matcher equal = EQUAL.matcher(part);
    if (equal.matches()) {
      boolean wanted = !equal.group(2).equals("!=");
      return new Requirement(equal.group(1), wanted, Set.of(equal.group(3)));
    }
    Matcher present = PRESENT.matcher(part);
    if (present.matches()) {
      return new Requirement(present.group(2), present.group(1).isEmpty(), Set.of());
    }
    throw new IllegalArgumentException("cannot read label selector: \"" + part + "\"");
  }

  /** True if those labels are asked for. */
  public boolean matches(Map<String, String> labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.holds(labels)) {
        return false;
      }
    }
    return true;
  }
}
