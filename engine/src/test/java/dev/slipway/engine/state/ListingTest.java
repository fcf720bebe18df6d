package dev.slipway.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.api.Times;
import dev.slipway.engine.state.Listing.Cause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listings to come for one pod. */
class ListingTest {
  private final Listing listing = new Listing(true);

  private List<String> takeAll() {
    List<String> taken = new ArrayList<>();
    while (listing.nextAt() != Times.NONE) {
      long at = listing.nextAt();
      taken.add(listing.take() + "@" + at);
    }
    return taken;
  }

  @Test
  void comeInTheOrderOfTimeThenCause() {
    assertThat(listing.add(Cause.WAITED, 5)).isTrue();
    assertThat(listing.add(Cause.CHANGED, 7)).isFalse();
    assertThat(listing.add(Cause.WHOLE, 5)).isTrue();
    assertThat(listing.add(Cause.WAITED, 3)).isTrue();
    assertThat(listing.add(Cause.WAITED, 9)).isFalse();
    assertThat(listing.add(Cause.CHANGED, 8)).isFalse();
    assertThat(takeAll())
        .containsExactly("WAITED@3", "WHOLE@5", "WAITED@5", "CHANGED@7", "CHANGED@8", "WAITED@9");
  }

  @Test
  void oneOfACauseAtATime() {
    listing.add(Cause.WAITED, 5);
    listing.add(Cause.WAITED, 5);
    listing.add(Cause.WAITED, 6);
    assertThat(takeAll()).containsExactly("WAITED@5", "WAITED@6");
  }

  @Test
  void thoseForWhoWaitsAreBounded() {
    for (int k = 0; k < 1000; k++) {
      listing.add(Cause.WAITED, k);
    }
    listing.add(Cause.WHOLE, 2000);
    assertThat(listing.comes(Cause.WHOLE)).isTrue();
    assertThat(takeAll()).hasSizeLessThan(100).endsWith("WHOLE@2000");
  }

  @Test
  void changeIsToldOnce() {
    assertThat(listing.takeChanged()).isFalse();
    listing.changed = true;
    assertThat(listing.takeChanged()).isTrue();
    assertThat(listing.takeChanged()).isFalse();
  }
}
