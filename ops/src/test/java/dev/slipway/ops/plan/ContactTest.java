package dev.slipway.ops.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who can talk to whom. */
class ContactTest {
  private static Track track(String name, long... runs) {
    Track track = new Track(name, "app");
    for (int k = 0; k < runs.length; k += 2) {
      track.up(runs[k]);
      track.down(runs[k + 1]);
    }
    return track;
  }

  private static Contact contact(Track a, Track b, String volumes, String mountsA, String mountsB) {
    String pod =
        """
        {"spec": {"volumes": [%s],
                  "containers": [{"name": "a", "volumeMounts": [%s]},
                                 {"name": "b", "volumeMounts": [%s]}]}}
        """
            .formatted(volumes, mountsA, mountsB);
    try {
      Mounts mounts = Mounts.of(new ObjectMapper().readTree(pod));
      Timeline timeline = new Timeline(100, "", track("pod"), List.of(a, b), List.of());
      return Contact.of(timeline, mounts).getFirst();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String EMPTY = "{\"name\": \"v\", \"emptyDir\": {}}";
  private static final String MOUNT = "{\"name\": \"v\", \"mountPath\": \"/v\"}";
  private static final String READ_ONLY =
      "{\"name\": \"v\", \"mountPath\": \"/v\", \"readOnly\": true}";

  @Test
  void networkConnectsWhileBothRun() {
    Contact pair = contact(track("a", 0, 10, 20, 40), track("b", 5, 30), EMPTY, "", "");
    assertThat(pair.kind()).isEqualTo(Contact.Kind.BOTH_WAYS);
    assertThat(pair.network()).containsExactly(new Span(5, 10), new Span(20, 30));
    assertThat(pair.volumes()).isEmpty();
  }

  @Test
  void volumeOfOneThatIsGoneCarriesDataOneWay() {
    Contact pair = contact(track("a", 0, 10), track("b", 10, 30), EMPTY, MOUNT, MOUNT);
    assertThat(pair.kind()).isEqualTo(Contact.Kind.ONE_WAY);
    assertThat(pair.network()).isEmpty();
    assertThat(pair.volumes()).containsExactly(new Contact.Way("v", true, false));
  }

  @Test
  void readOnlyMountWritesNothing() {
    Contact pair = contact(track("a", 0, 10), track("b", 10, 30), EMPTY, READ_ONLY, MOUNT);
    assertThat(pair.kind()).isEqualTo(Contact.Kind.NEVER);
    Contact together = contact(track("a", 0, 20), track("b", 10, 30), EMPTY, READ_ONLY, MOUNT);
    assertThat(together.volumes()).containsExactly(new Contact.Way("v", false, true));
  }

  @Test
  void volumesTheNodeFillsCarryNothing() {
    String config = "{\"name\": \"v\", \"configMap\": {\"name\": \"c\"}}";
    Contact pair = contact(track("a", 0, 10), track("b", 10, 30), config, MOUNT, MOUNT);
    assertThat(pair.kind()).isEqualTo(Contact.Kind.NEVER);
  }

  @Test
  void foldersOfOneVolumeAreApart() {
    String one = "{\"name\": \"v\", \"mountPath\": \"/v\", \"subPath\": \"one\"}";
    String other = "{\"name\": \"v\", \"mountPath\": \"/v\", \"subPath\": \"other\"}";
    assertThat(contact(track("a", 0, 10), track("b", 10, 30), EMPTY, one, other).volumes())
        .isEmpty();
    assertThat(contact(track("a", 0, 10), track("b", 10, 30), EMPTY, one, MOUNT).volumes())
        .hasSize(1);
  }

  @Test
  void oneThatDidNotRunIsNamed() {
    Contact pair = contact(track("a", 0, 10), track("b"), EMPTY, MOUNT, MOUNT);
    assertThat(pair.kind()).isEqualTo(Contact.Kind.NOT_RUN);
    assertThat(pair.notRun()).isEqualTo("b");
    assertThat(ContactTable.draw(List.of(pair), new TextStyle(false, false, 80)).get(1))
        .startsWith("a ? b")
        .contains("b did not run");
  }
}
