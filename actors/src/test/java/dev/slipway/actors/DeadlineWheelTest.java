package dev.slipway.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel gives what a sorted set gives. */
final class DeadlineWheelTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;

  private static final Comparator<Deadline> ORDER = (a, b) -> a == b ? 0 : a.before(b) ? -1 : 1;

  private final PodPost post = Samples.post(Samples.virtualShard());
  private long sequence;

  private Deadline deadline(long at, int rank) {
    return new WaitingLetter(post, PodActor.WOKEN, at, rank, sequence++);
  }

  @Test
  void equalTimesComeByRankThenInTheOrderTheyWereMade() {
    DeadlineWheel wheel = new DeadlineWheel(0);
    List<Deadline> made =
        List.of(deadline(5, 1), deadline(5, 0), deadline(5, 1), deadline(4, 9), deadline(5, 0));
    made.forEach(wheel::add);
    assertThat(drain(wheel, DAY))
        .containsExactly(made.get(3), made.get(1), made.get(4), made.get(0), made.get(2));
  }

  @Test
  void nothingComesBeforeItsTime() {
    DeadlineWheel wheel = new DeadlineWheel(0);
    Deadline deadline = deadline(3 * SECOND + 17, 0);
    wheel.add(deadline);
    assertThat(wheel.poll(3 * SECOND + 16)).isNull();
    assertThat(wheel.poll(3 * SECOND + 17)).isSameAs(deadline);
    assertThat(wheel.poll(DAY)).isNull();
    assertThat(wheel.size()).isZero();
  }

  @Test
  void oneThatIsOverAlreadyComesNext() {
    DeadlineWheel wheel = new DeadlineWheel(10 * SECOND);
    Deadline later = deadline(11 * SECOND, 0);
    Deadline over = deadline(2 * SECOND, 0);
    wheel.add(later);
    wheel.add(over);
    assertThat(drain(wheel, DAY)).containsExactly(over, later);
  }

  @Test
  void cancelledOnesNeverComeWhereverTheyLie() {
    DeadlineWheel wheel = new DeadlineWheel(0);
    Deadline near = deadline(0, 0);
    Deadline soon = deadline(5_000_000, 0);
    Deadline far = deadline(40 * DAY, 0);
    Deadline kept = deadline(50 * DAY, 0);
    List.of(near, soon, far, kept).forEach(wheel::add);
    List.of(near, soon, far).forEach(wheel::cancel);
    wheel.cancel(near);
    assertThat(wheel.size()).isEqualTo(1);
    assertThat(drain(wheel, 100 * DAY)).containsExactly(kept);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesWhatASortedSetGives(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long now = random.nextLong(1_800_000_000L * SECOND);
    DeadlineWheel wheel = new DeadlineWheel(now);
    TreeSet<Deadline> model = new TreeSet<>(ORDER);
    List<Deadline> added = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          Deadline deadline = deadline(now + distance(random), random.nextInt(3));
          wheel.add(deadline);
          model.add(deadline);
          added.add(deadline);
        }
        case 2 -> {
          if (!added.isEmpty()) {
            Deadline some = added.get(random.nextInt(added.size()));
            wheel.cancel(some);
            model.remove(some);
          }
        }
        default -> {
          now += Math.max(0, distance(random)) / 4;
          for (Deadline d = wheel.poll(now); d != null; d = wheel.poll(now)) {
            assertThat(d).as("seed %s step %s", seed, step).isSameAs(model.pollFirst());
          }
          assertThat(model.isEmpty() || model.first().at > now).isTrue();
        }
      }
      assertThat(wheel.size()).isEqualTo(model.size());
    }
  }

  /** Mostly soon, sometimes over, sometimes years away. */
  private static long distance(SplittableRandom random) {
    long most = 1L << random.nextInt(10, 58);
    return random.nextInt(20) == 0 ? -random.nextLong(SECOND) : random.nextLong(most);
  }

  private static List<Deadline> drain(DeadlineWheel wheel, long limit) {
    List<Deadline> all = new ArrayList<>();
    for (Deadline d = wheel.poll(limit); d != null; d = wheel.poll(limit)) {
      all.add(d);
    }
    return all;
  }
}
