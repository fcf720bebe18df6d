package dev.slipway.engine.resources;

import dev.slipway.engine.api.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which order the kubelet evicts pods under pressure (rules; source: {@code
 * pkg/kubelet/eviction/helpers.go}, 1.37). Only ranks: critical pods and the cycle are the caller's
 * business.
 */
public final class EvictionRanking {
  private EvictionRanking() {}

  /** What a node runs short of. */
  public enum Signal {
    MEMORY_AVAILABLE("memory.available"),
    ALLOCATABLE_MEMORY_AVAILABLE("allocatableMemory.available"),
    NODEFS_AVAILABLE("nodefs.available"),
    NODEFS_INODES_FREE("nodefs.inodesFree"),
    IMAGEFS_AVAILABLE("imagefs.available"),
    IMAGEFS_INODES_FREE("imagefs.inodesFree"),
    CONTAINERFS_AVAILABLE("containerfs.available"),
    CONTAINERFS_INODES_FREE("containerfs.inodesFree"),
    PID_AVAILABLE("pid.available");

    private final String text;

    Signal(String text) {
      this.text = text;
    }

    /** As configured. */
    public String text() {
      return text;
    }

    /** Reads the configured text; an unknown one is an {@link IllegalArgumentException}. */
    public static Signal of(String text) {
      for (Signal signal : values()) {
        if (signal.text.equals(text)) {
          return signal;
        }
      }
      throw new IllegalArgumentException("unknown eviction signal: " + text);
    }
  }

  /** Where a node keeps images and writable layers. */
  public enum Layout {
    /** All on one file system. */
    SHARED,
    /** Images and writable layers on one of their own. */
    DEDICATED_IMAGE_FS,
    /** Only images on one of their own. */
    SPLIT_IMAGE_FS
  }

  /** Bytes and inodes used. */
  public record FsUsage(long bytes, long inodes) {
    public static final FsUsage NONE = new FsUsage(0, 0);

    FsUsage plus(FsUsage other) {
      return new FsUsage(bytes + other.bytes, inodes + other.inodes);
    }
  }

  /**
   * What a pod was seen to use.
   *
   * @param memoryWorkingSet bytes
   * @param rootfs writable layers of the containers together
   * @param logs of the containers together
   * @param localVolumes volumes on the node's own disk together
   */
  public record Stats(
      long memoryWorkingSet, FsUsage rootfs, FsUsage logs, FsUsage localVolumes, long processes) {}

  /** A pod that may be evicted; without statistics it goes first. */
  public record Candidate(String name, int priority, PodResources pod, @Nullable Stats stats) {}

  private enum Part {
    ROOTFS,
    LOGS,
    LOCAL_VOLUMES
  }

  /** What a candidate is measured against and by, per key. */
  private record Measure(
      boolean unknown, boolean above, int priority, Quantity beyond, long processes) {}

  /** The candidates in the order they go; those in one group are equal, by name. */
  public static List<List<Candidate>> order(
      Signal signal, Layout layout, List<Candidate> candidates) {
    record Ranked(Candidate candidate, Measure measure) {}
    Comparator<Measure> comparator = comparator(signal);
    var ranked = new ArrayList<Ranked>();
    for (Candidate candidate : candidates) {
      ranked.add(new Ranked(candidate, measure(signal, layout, candidate)));
    }
    ranked.sort(
        Comparator.comparing(Ranked::measure, comparator)
            .thenComparing(one -> one.candidate().name()));
    var groups = new ArrayList<List<Candidate>>();
    Measure before = null;
    for (Ranked one : ranked) {
      if (before == null || comparator.compare(before, one.measure()) != 0) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(one.candidate());
      before = one.measure();
    }
    return groups;
  }

  private static Comparator<Measure> comparator(Signal signal) {
    if (signal == Signal.PID_AVAILABLE) {
      return Comparator.comparingInt(Measure::priority)
          .thenComparing(Measure::unknown, Comparator.reverseOrder())
          .thenComparing(Measure::processes, Comparator.reverseOrder());
    }
    return Comparator.comparing(Measure::unknown, Comparator.reverseOrder())
        .thenComparing(Measure::above, Comparator.reverseOrder())
        .thenComparingInt(Measure::priority)
        .thenComparing(Measure::beyond, Comparator.reverseOrder());
  }

  private static Measure measure(Signal signal, Layout layout, Candidate candidate) {
    Stats stats = candidate.stats();
    if (stats == null) {
      return new Measure(true, false, candidate.priority(), Quantity.ZERO, 0);
    }
    PodResources pod = candidate.pod();
    return switch (signal) {
      case MEMORY_AVAILABLE, ALLOCATABLE_MEMORY_AVAILABLE -> {
        Quantity request = request(pod, ResourceNames.MEMORY);
        yield measure(candidate, Quantity.of(stats.memoryWorkingSet()), request, request);
      }
      case PID_AVAILABLE ->
          new Measure(false, false, candidate.priority(), Quantity.ZERO, stats.processes());
      case NODEFS_AVAILABLE, IMAGEFS_AVAILABLE, CONTAINERFS_AVAILABLE -> {
        Quantity request = request(pod, ResourceNames.EPHEMERAL_STORAGE);
        yield measure(
            candidate, Quantity.of(disk(signal, layout, stats).bytes()), request, request);
      }
      case NODEFS_INODES_FREE, IMAGEFS_INODES_FREE, CONTAINERFS_INODES_FREE ->
          // nobody requests inodes, yet bytes are subtracted from them in the last key
          measure(
              candidate,
              Quantity.of(disk(signal, layout, stats).inodes()),
              request(pod, "inodes"),
              request(pod, ResourceNames.EPHEMERAL_STORAGE));
    };
  }

  private static Measure measure(
      Candidate candidate, Quantity usage, Quantity request, Quantity subtracted) {
    return new Measure(
        false, usage.compareTo(request) > 0, candidate.priority(), usage.subtract(subtracted), 0);
  }

  private static FsUsage disk(Signal signal, Layout layout, Stats stats) {
    FsUsage sum = FsUsage.NONE;
    for (Part part : parts(signal, layout)) {
      sum =
          sum.plus(
              switch (part) {
                case ROOTFS -> stats.rootfs();
                case LOGS -> stats.logs();
                case LOCAL_VOLUMES -> stats.localVolumes();
              });
    }
    return sum;
  }

  /** Which parts of a pod lie on the file system that runs short. */
  private static Set<Part> parts(Signal signal, Layout layout) {
    boolean nodefs = signal == Signal.NODEFS_AVAILABLE || signal == Signal.NODEFS_INODES_FREE;
    boolean imagefs = signal == Signal.IMAGEFS_AVAILABLE || signal == Signal.IMAGEFS_INODES_FREE;
    return switch (layout) {
      case SHARED -> Set.of(Part.values());
      case DEDICATED_IMAGE_FS ->
          nodefs ? Set.of(Part.LOGS, Part.LOCAL_VOLUMES) : Set.of(Part.ROOTFS);
      case SPLIT_IMAGE_FS -> imagefs ? Set.of() : Set.of(Part.values());
    };
  }

  /**
   * What a pod is measured against: its spec alone; pod-level amounts hide those of containers even
   * for other names; overhead only on top of a request.
   */
  public static Quantity request(PodResources pod, String name) {
    Quantity request = withoutOverhead(pod, name);
    return request.isZero() ? request : request.add(pod.overhead().getOrZero(name));
  }

  private static Quantity withoutOverhead(PodResources pod, String name) {
    Resources podLevel = pod.podLevel();
    if (podLevel == null || !pod.hasPodLevel()) {
      return EffectiveResources.containerRequests(pod, ResourceOptions.SPEC).getOrZero(name);
    }
    return ResourceNames.isPodLevel(name) ? podLevel.requests().getOrZero(name) : Quantity.ZERO;
  }
}
