package dev.slipway.ops.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How two containers of a pod reached each other in a run (rules L-030 to L-032): over the pod's
 * network while both ran, and through volumes that both mount.
 *
 * @param notRun the one that did not run at all, empty if both did
 * @param network when both ran
 * @param volumes what both mount and one of them writes to
 */
record Contact(String a, String b, String notRun, List<Span> network, List<Way> volumes) {
  Contact {
    network = List.copyOf(network);
    volumes = List.copyOf(volumes);
  }

  /**
   * What data can go through one volume.
   *
   * @param toB data of a can reach b
   * @param toA data of b can reach a
   */
  record Way(String volume, boolean toB, boolean toA) {
    /** {@code both ways}, {@code a -> b}. */
    String text(Contact pair, String arrow) {
      if (toB && toA) {
        return "both ways";
      }
      return toB ? pair.a + " " + arrow + " " + pair.b : pair.b + " " + arrow + " " + pair.a;
    }
  }

  /** What the two are to each other. */
  enum Kind {
    /** One of them did not run. */
    NOT_RUN,
    /** At the same time, and so over the network. */
    BOTH_WAYS,
    /** Never at the same time; data goes one way, through a volume. */
    ONE_WAY,
    NEVER
  }

  Kind kind() {
    if (!notRun.isEmpty()) {
      return Kind.NOT_RUN;
    }
    if (!network.isEmpty()) {
      return Kind.BOTH_WAYS;
    }
    return volumes.isEmpty() ? Kind.NEVER : Kind.ONE_WAY;
  }

  /** All pairs of a run, in the order of the spec. */
  static List<Contact> of(Timeline timeline, Mounts mounts) {
    List<Contact> contacts = new ArrayList<>();
    List<Track> tracks = timeline.containers();
    for (int i = 0; i < tracks.size(); i++) {
      for (int j = i + 1; j < tracks.size(); j++) {
        contacts.add(of(tracks.get(i), tracks.get(j), mounts));
      }
    }
    return contacts;
  }

  private static Contact of(Track a, Track b, Mounts mounts) {
    List<Way> ways = new ArrayList<>();
    TreeSet<String> shared = new TreeSet<>();
    mounts.of(a.name()).forEach(mount -> shared.add(mount.volume()));
    for (String volume : shared) {
      boolean toB = reaches(a, b, volume, mounts);
      boolean toA = reaches(b, a, volume, mounts);
      if (toB || toA) {
        ways.add(new Way(volume, toB, toA));
      }
    }
    String notRun = hasRun(a) ? hasRun(b) ? "" : b.name() : a.name();
    return new Contact(a.name(), b.name(), notRun, Span.common(a.runs(), b.runs()), ways);
  }

  private static boolean hasRun(Track track) {
    return track.runs().stream().anyMatch(run -> run.from() < run.to());
  }

  /** Something written in a run of one can be read in a run of the other (rule L-031). */
  private static boolean reaches(Track from, Track to, String volume, Mounts mounts) {
    if (from.runs().isEmpty()
        || to.runs().isEmpty()
        || from.runs().getFirst().from() >= to.runs().getLast().to()) {
      return false;
    }
    return mounts.of(from.name()).stream()
        .filter(mount -> mount.volume().equals(volume) && mount.writes())
        .anyMatch(mount -> mounts.of(to.name()).stream().anyMatch(mount::shares));
  }
}
