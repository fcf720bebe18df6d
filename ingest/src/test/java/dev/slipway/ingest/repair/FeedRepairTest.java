package dev.slipway.ingest.repair;

import static dev.slipway.ingest.format.Action.ADDED;
import static dev.slipway.ingest.format.Action.DELETED;
import static dev.slipway.ingest.format.Action.LISTED;
import static dev.slipway.ingest.format.Action.MODIFIED;
import static dev.slipway.ingest.repair.Story.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.api.ObjectMeta;
import dev.slipway.engine.api.Pod;
import dev.slipway.engine.api.PodPhase;
import dev.slipway.engine.api.Times;
import dev.slipway.engine.observe.SnapshotException;
import dev.slipway.ingest.format.Action;
import dev.slipway.ingest.format.ClusterObject;
import dev.slipway.ingest.format.FeedEvent;
import dev.slipway.ingest.format.ObjectKind;
import dev.slipway.ingest.format.PodRef;
import dev.slipway.ingest.format.RuntimeStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FeedRepairTest {
  private static final PodRef NAMED = new PodRef("", "shop", "web");
  private static final FeedEvent EXPIRED = new FeedEvent.WatchFailed(410, "Expired", "");

  private final Story story = new Story();
  private FeedRepair repair = FeedRepair.create(RepairLimits.DEFAULT);
  private final Changelog changelog = new Changelog();
  private long now;

  @Test
  void newestVersionWinsWhateverTheOrder() {
    feed(ADDED, "web", "u1", "5");
    feed(MODIFIED, "web", "u1", "9");
    feed(MODIFIED, "web", "u1", "7");
    feed(MODIFIED, "web", "u1", "9");
    feed(MODIFIED, "web", "u1", "7");
    feed(MODIFIED, "web", "u1", "10");
    assertStory("web/u1@5 new", "web/u1@9 after 5", "web/u1@10 after 9");
    assertAnomalies(Map.of(AnomalyKind.LATE_VERSION, 1L, AnomalyKind.DUPLICATE, 2L));
    assertThat(repair.anomalies().lateness().count(1)).isOne();
    assertThat(repair.anomalies().lateness().maxNanos()).isEqualTo(Times.MILLI);
  }

  @Test
  void whatIsGoneStaysGone() {
    feed(ADDED, "web", "u1", "5");
    feed(DELETED, "web", "u1", "9");
    feed(MODIFIED, "web", "u1", "8");
    feed(DELETED, "web", "u1", "9");
    feed(ADDED, "web", "u2", "12");
    assertStory("web/u1@5 new", "web/u1@9 DELETED", "web/u2@12 new");
    assertAnomalies(Map.of(AnomalyKind.AFTER_DELETE, 1L, AnomalyKind.DUPLICATE, 1L));
  }

  @Test
  void deletionThatComesFirstKeepsThePodFromAppearing() {
    feed(DELETED, "web", "u1", "9");
    feed(ADDED, "web", "u1", "5");
    assertThat(story.lines).isEmpty();
    assertAnomalies(Map.of(AnomalyKind.DELETED_WITHOUT_ADDED, 1L, AnomalyKind.AFTER_DELETE, 1L));
  }

  @Test
  void podThatTakesANameEndsTheOneBefore() {
    feed(MODIFIED, "web", "u1", "5");
    feed(ADDED, "web", "u2", "7");
    feed(MODIFIED, "web", "u1", "6");
    feed(DELETED, "web", "u0", "4");
    assertStory("web/u1@5 new", "web/u1@5 REPLACED", "web/u2@7 new");
    assertAnomalies(
        Map.of(
            AnomalyKind.MODIFIED_WITHOUT_ADDED,
            1L,
            AnomalyKind.REPLACED,
            1L,
            AnomalyKind.AFTER_DELETE,
            1L,
            AnomalyKind.OLD_NAMESAKE,
            1L));
  }

  @Test
  void listAfterAnExpiredWatchEndsWhatItLacks() {
    feed(ADDED, "a", "ua", "1");
    feed(ADDED, "b", "ub", "2");
    feed(ADDED, "c", "uc", "30");
    accept(EXPIRED);
    accept(new FeedEvent.ListBegun(ObjectKind.POD, "20"));
    feed(LISTED, "a", "ua", "15");
    feed(LISTED, "d", "ud", "16");
    accept(new FeedEvent.ListEnded(ObjectKind.POD, "20", false));
    feed(MODIFIED, "b", "ub", "3");
    feed(ADDED, "e", "ue", "4");
    assertStory(
        "a/ua@1 new",
        "b/ub@2 new",
        "c/uc@30 new",
        "a/ua@15 after 1",
        "d/ud@16 new",
        "b/ub@2 ABSENT_FROM_LIST");
    assertAnomalies(
        Map.of(
            AnomalyKind.WATCH_EXPIRED,
            1L,
            AnomalyKind.ABSENT_FROM_LIST,
            1L,
            AnomalyKind.AFTER_DELETE,
            1L,
            AnomalyKind.BEFORE_LIST,
            1L));
  }

  @Test
  void listInPartsEndsOnlyWithItsLast() {
    feed(ADDED, "a", "ua", "1");
    feed(ADDED, "b", "ub", "2");
    accept(EXPIRED);
    accept(new FeedEvent.ListBegun(ObjectKind.POD, "20"));
    feed(LISTED, "a", "ua", "1");
    accept(new FeedEvent.ListEnded(ObjectKind.POD, "20", true));
    restart(RepairLimits.DEFAULT);
    accept(new FeedEvent.ListBegun(ObjectKind.POD, "20"));
    feed(LISTED, "b", "ub", "2");
    accept(new FeedEvent.ListEnded(ObjectKind.POD, "20", false));
    assertThat(story.there).containsOnlyKeys("ua", "ub");
  }

  @Test
  void listNobodyAskedForEndsNothing() {
    feed(ADDED, "a", "ua", "1");
    accept(new FeedEvent.ListBegun(ObjectKind.POD, "20"));
    accept(new FeedEvent.ListEnded(ObjectKind.POD, "20", false));
    assertThat(story.there).containsOnlyKeys("ua");
    assertAnomalies(Map.of());
  }

  @Test
  void sourceWithoutUidsIsFoundByName() {
    feed(ADDED, "web", "u1", "5");
    feed(MODIFIED, "web", "", "6");
    accept(new FeedEvent.PodBound(NAMED, "n1", Times.NONE));
    accept(new FeedEvent.PodBound(NAMED, "n1", Times.NONE));
    accept(new FeedEvent.PodDeleted(NAMED, "", Times.NONE));
    accept(new FeedEvent.PodDeleted(NAMED, "", Times.NONE));
    assertStory("web/u1@5 new", "web/u1@6 after 5", "web bound to n1", "web/u1@6 DELETED");
    assertAnomalies(
        Map.of(
            AnomalyKind.FOUND_BY_NAME,
            2L,
            AnomalyKind.DUPLICATE,
            1L,
            AnomalyKind.DELETED_WITHOUT_ADDED,
            1L));
  }

  @Test
  void podKnownByNameIsRekeyedOnceItsUidIsKnown() {
    feed(ADDED, "web", "", "5");
    feed(MODIFIED, "web", "u1", "6");
    assertStory("web/@5 new", "web/u1@6 after 5");
    assertThat(repair.track("u1")).isPresent();
    assertThat(repair.track("shop/web")).isEmpty();
    assertAnomalies(Map.of(AnomalyKind.REKEYED, 1L));
  }

  @Test
  void nameWithoutUidMayComeBack() {
    feed(ADDED, "web", "", "");
    accept(new FeedEvent.PodDeleted(NAMED, "", Times.NONE));
    feed(MODIFIED, "web", "", "");
    feed(ADDED, "web", "", "");
    assertStory("web/@ new", "web/@ DELETED", "web/@ new");
    assertAnomalies(Map.of(AnomalyKind.AFTER_DELETE, 1L));
  }

  @Test
  void lateDeletionOfANameSparesItsNextHolder() {
    Pod second = pod("web", "u2", "9", PodPhase.RUNNING, 100 * Times.SECOND, 1);
    accept(new FeedEvent.PodSeen(ADDED, second, Times.NONE));
    accept(new FeedEvent.PodDeleted(NAMED, "", 99 * Times.SECOND));
    assertThat(story.there).containsOnlyKeys("u2");
    assertAnomalies(Map.of(AnomalyKind.LATE_VERSION, 1L));
  }

  @Test
  void withinASecondTheLifecycleDecidesWhereVersionsDoNot() {
    long second = 50 * Times.SECOND;
    Pod running = pod("web", "u1", "", PodPhase.RUNNING);
    accept(new FeedEvent.PodSeen(ADDED, pod("web", "u1", "", PodPhase.PENDING), second));
    accept(new FeedEvent.PodSeen(MODIFIED, pod("web", "u1", "", PodPhase.FAILED), second));
    accept(new FeedEvent.PodSeen(MODIFIED, running, second));
    accept(new FeedEvent.PodSeen(MODIFIED, running, second - Times.SECOND));
    assertThat(story.there.get("u1"))
        .extracting(pod -> pod.status().phase())
        .isEqualTo(PodPhase.FAILED);
    assertAnomalies(Map.of(AnomalyKind.LATE_VERSION, 2L));
  }

  @Test
  void jumpsOfTheGenerationAreMissedVersions() {
    accept(new FeedEvent.PodSeen(ADDED, pod("web", "u1", "1", null, Times.NONE, 1), Times.NONE));
    accept(new FeedEvent.PodSeen(MODIFIED, pod("web", "u1", "2", null, Times.NONE, 3), Times.NONE));
    assertAnomalies(Map.of(AnomalyKind.MISSED_VERSIONS, 1L));
  }

  @Test
  void windowPutsEventsInOrderAndPassesTheRestOn() {
    repair = FeedRepair.create(new RepairLimits(10 * Times.MILLI, 3, Times.SECOND, 10, 10, 2));
    feed(ADDED, "web", "u1", "1");
    feed(MODIFIED, "web", "u1", "4");
    feed(MODIFIED, "web", "u1", "2");
    assertThat(story.lines).isEmpty();
    restart(RepairLimits.DEFAULT.withReorderNanos(10 * Times.MILLI));
    repair.advance(now + 10 * Times.MILLI, story);
    feed(MODIFIED, "web", "u1", "3");
    repair.flush(story);
    assertStory("web/u1@1 new", "web/u1@2 after 1", "web/u1@4 after 2");
    assertAnomalies(Map.of(AnomalyKind.REORDERED, 1L, AnomalyKind.LATE_VERSION, 1L));
  }

  @Test
  void fullWindowLetsTheSmallestVersionGo() {
    repair = FeedRepair.create(new RepairLimits(Times.SECOND, 2, Times.SECOND, 10, 10, 2));
    feed(ADDED, "a", "ua", "3");
    feed(ADDED, "b", "ub", "1");
    feed(ADDED, "c", "uc", "2");
    assertStory("b/ub@1 new");
    assertAnomalies(Map.of(AnomalyKind.REORDERED, 2L, AnomalyKind.WINDOW_FULL, 1L));
  }

  @Test
  void tombstonesAreForgottenByTimeAndByNumber() {
    repair = FeedRepair.create(new RepairLimits(0, 1, 10 * Times.MILLI, 2, 10, 2));
    for (int i = 0; i < 4; i++) {
      feed(DELETED, "p" + i, "u" + i, "1");
    }
    assertThat(repair.track("u1")).isEmpty();
    assertThat(repair.track("u3")).isPresent();
    repair.advance(now + 10 * Times.MILLI, story);
    assertThat(repair.track("u3")).isEmpty();
  }

  @Test
  void hintsAndReportsComeOnceAndWithTheUid() {
    feed(ADDED, "web", "u1", "5");
    for (long count : new long[] {1, 1, 2}) {
      accept(
          new FeedEvent.Hint(
              NAMED, "", "Normal", "Pulled", "", count, "kubelet", "n1", "e1", Times.NONE));
    }
    for (int i = 0; i < 2; i++) {
      accept(new FeedEvent.RuntimeSeen(NAMED, "n1", "c", "id", RuntimeStep.STARTED, 0, 7));
    }
    assertStory("web/u1@5 new", "u1 hint Pulled 1", "u1 hint Pulled 2", "u1 STARTED c");
    assertAnomalies(Map.of(AnomalyKind.DUPLICATE, 2L));
  }

  @Test
  void otherObjectsAreKeptInOrderToo() {
    object(ADDED, "n1", "5");
    object(MODIFIED, "n1", "4");
    object(MODIFIED, "n1", "5");
    object(DELETED, "n1", "6");
    object(MODIFIED, "n1", "5");
    object(ADDED, "n2", "7");
    accept(EXPIRED);
    accept(new FeedEvent.ListBegun(ObjectKind.NAMESPACE, "20"));
    restart(RepairLimits.DEFAULT);
    accept(new FeedEvent.ListEnded(ObjectKind.NAMESPACE, "20", false));
    assertStory(
        "ADDED NAMESPACE n1", "DELETED NAMESPACE n1", "ADDED NAMESPACE n2", "DELETED NAMESPACE n2");
    assertAnomalies(
        Map.of(
            AnomalyKind.LATE_VERSION,
            2L,
            AnomalyKind.DUPLICATE,
            1L,
            AnomalyKind.WATCH_EXPIRED,
            1L,
            AnomalyKind.ABSENT_FROM_LIST,
            1L));
  }

  @Test
  void samplesAreTheLatestFew() {
    for (int i = 0; i < 5; i++) {
      feed(DELETED, "p" + i, "u" + i, "1");
    }
    assertThat(repair.anomalies().samples())
        .extracting(anomaly -> anomaly.subject().uid())
        .containsExactly("u2", "u3", "u4");
  }

  @Test
  void stateOfARestartedRepairIsTheSame() {
    feed(ADDED, "web", "u1", "5");
    feed(MODIFIED, "web", "u1", "8");
    feed(MODIFIED, "web", "u1", "6");
    feed(DELETED, "old", "u0", "3");
    object(ADDED, "n1", "5");
    FeedRepair before = repair;
    restart(RepairLimits.DEFAULT);
    assertThat(repair.track("u1")).isPresent().get().isEqualTo(before.track("u1").orElseThrow());
    assertThat(repair.track("u0")).isPresent();
    feed(MODIFIED, "web", "u1", "6");
    feed(MODIFIED, "web", "u1", "7");
    feed(MODIFIED, "old", "u0", "2");
    object(MODIFIED, "n1", "4");
    assertAnomalies(
        Map.of(
            AnomalyKind.DELETED_WITHOUT_ADDED,
            1L,
            AnomalyKind.DUPLICATE,
            1L,
            AnomalyKind.LATE_VERSION,
            3L,
            AnomalyKind.AFTER_DELETE,
            1L));
  }

  @Test
  void stateOfSomethingElseIsRefused() {
    byte[] other = {77, 1, 2};
    FeedRepair fresh = FeedRepair.create(RepairLimits.DEFAULT);
    assertThatThrownBy(() -> fresh.restoreTrack(new PodRef("u1", "shop", "web"), other))
        .isInstanceOf(SnapshotException.class);
    assertThatThrownBy(() -> fresh.restore("elsewhere", other))
        .isInstanceOf(SnapshotException.class);
    fresh.restore("stream", other);
    assertThatThrownBy(fresh::restored).isInstanceOf(SnapshotException.class);
  }

  @Test
  void expiredWatchThatComesAfterItsListIsSettledByIt() {
    feed(ADDED, "a", "ua", "1");
    feed(ADDED, "b", "ub", "2");
    long expired = now + 3 * Times.MILLI;
    repair.from(1);
    accept(new FeedEvent.ListBegun(ObjectKind.POD, "20"));
    feed(LISTED, "a", "ua", "1");
    accept(new FeedEvent.ListEnded(ObjectKind.POD, "20", false));
    feed(MODIFIED, "a", "ua", "21");
    restart(RepairLimits.DEFAULT);
    repair.from(2);
    repair.accept(EXPIRED, expired, story);
    feed(MODIFIED, "b", "ub", "3");
    assertStory("a/ua@1 new", "b/ub@2 new", "a/ua@21 after 1", "b/ub@2 ABSENT_FROM_LIST");
  }

  @Test
  void expiredWatchAfterAListOfItsOwnSourceWaitsForTheNext() {
    feed(ADDED, "a", "ua", "1");
    long listed = now + 2 * Times.MILLI;
    accept(new FeedEvent.ListBegun(ObjectKind.POD, "20"));
    accept(new FeedEvent.ListEnded(ObjectKind.POD, "20", false));
    repair.accept(EXPIRED, listed, story);
    assertThat(story.there).containsOnlyKeys("ua");
    accept(new FeedEvent.ListBegun(ObjectKind.POD, "30"));
    accept(new FeedEvent.ListEnded(ObjectKind.POD, "30", false));
    assertThat(story.there).isEmpty();
  }

  @Test
  void additionsOfANewWatchAreAListOnceItSaysSo() {
    feed(ADDED, "a", "ua", "1");
    feed(ADDED, "b", "ub", "2");
    feed(ADDED, "c", "uc", "30");
    accept(EXPIRED);
    feed(ADDED, "a", "ua", "1");
    accept(new FeedEvent.Bookmark(ObjectKind.POD, "19", false));
    restart(RepairLimits.DEFAULT);
    feed(ADDED, "d", "ud", "5");
    accept(new FeedEvent.Bookmark(ObjectKind.POD, "20", true));
    assertThat(story.there).containsOnlyKeys("ua", "uc", "ud");
    accept(new FeedEvent.Bookmark(ObjectKind.POD, "40", true));
    assertThat(story.there).containsOnlyKeys("ua", "uc", "ud");
  }

  @Test
  void copiesDoWhatTheyDoAndAreNotCounted() {
    feed(ADDED, "a", "ua", "1");
    now += Times.MILLI;
    repair.acceptCopy(EXPIRED, now, story);
    var unknown = new PodRef("ux", "", "");
    repair.acceptCopy(new FeedEvent.PodDeleted(unknown, "", Times.NONE), now, story);
    accept(new FeedEvent.ListBegun(ObjectKind.POD, "20"));
    accept(new FeedEvent.ListEnded(ObjectKind.POD, "20", false));
    assertStory("a/ua@1 new", "a/ua@1 ABSENT_FROM_LIST");
    assertAnomalies(Map.of(AnomalyKind.ABSENT_FROM_LIST, 1L));
    assertThat(repair.track("ux")).isEmpty();
  }

  @Test
  void anomaliesAreToldAsTheyAreFound() {
    List<AnomalyKind> told = new ArrayList<>();
    repair = FeedRepair.create(RepairLimits.DEFAULT, anomaly -> told.add(anomaly.kind()));
    feed(MODIFIED, "a", "ua", "2");
    feed(MODIFIED, "a", "ua", "1");
    assertThat(told).containsExactly(AnomalyKind.MODIFIED_WITHOUT_ADDED, AnomalyKind.LATE_VERSION);
  }

  private void feed(Action action, String name, String uid, String version) {
    accept(new FeedEvent.PodSeen(action, pod(name, uid, version, PodPhase.RUNNING), Times.NONE));
  }

  private void object(Action action, String name, String version) {
    ObjectMeta metadata = pod(name, name, version, null).metadata();
    accept(
        new FeedEvent.ObjectSeen(
            action, new ClusterObject.NamespaceObject(metadata, "Active"), Times.NONE));
  }

  /** Every event arrives a millisecond after the one before. */
  private void accept(FeedEvent event) {
    now += Times.MILLI;
    repair.accept(event, now, story);
  }

  private void restart(RepairLimits limits) {
    changelog.save(repair);
    repair = changelog.restore(limits, story.called);
  }

  private void assertStory(String... lines) {
    assertThat(story.lines).isEqualTo(List.of(lines));
  }

  private void assertAnomalies(Map<AnomalyKind, Long> counts) {
    assertThat(repair.anomalies().counts()).isEqualTo(counts);
  }
}
