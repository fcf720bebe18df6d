package dev.slipway.ingest.repair;

import dev.slipway.engine.api.Pod;
import java.util.List;
import java.util.Optional;

/**
 * All a repair knows of one pod, to be kept with whatever else is kept of it.
 *
 * @param identity the UID, or {@code namespace/name} of a pod whose source names none
 * @param pod the last version applied; empty once the pod is gone
 * @param version its resource version as a number, {@link #NO_VERSION} if it is none
 * @param atNanos the source's time of that version, {@code Times.NONE} if it had none
 * @param arrivalNanos when that version, or the end, arrived
 * @param recent the versions that came lately, this one among them, latest first
 */
public record Track(
    String identity,
    Optional<Pod> pod,
    long version,
    long atNanos,
    long arrivalNanos,
    List<Long> recent) {
  public static final long NO_VERSION = -1;

  public Track {
    recent = List.copyOf(recent);
  }
}
