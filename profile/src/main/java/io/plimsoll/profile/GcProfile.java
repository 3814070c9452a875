// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.List;

/**
 * What the collections of one JVM said. Sizes are those reported by the collections themselves.
 *
 * @param youngCollections collections that say nothing of the old generation's garbage
 * @param fullCollections mixed or full collections, whose after-size estimates the live set
 * @param pauseMillis Σ pause
 * @param maxPauseMillis the longest pause
 * @param maxHeapAfterYoungBytes highest heap level after a young collection: an upper bound of the
 *     live set at that moment; 0 when there was none
 * @param maxHeapAfterFullBytes highest heap level after a mixed or full collection; 0 when none
 * @param maxOldAfterBytes highest old-generation level after any collection; 0 when unknown
 * @param sumHeapAfterBytes Σ heap level after each collection; over the collections it is the mean
 * @param windows the levels by event-time window, ordered by start; windows without a collection
 *     are absent
 */
public record GcProfile(
    long youngCollections,
    long fullCollections,
    long pauseMillis,
    long maxPauseMillis,
    long maxHeapAfterYoungBytes,
    long maxHeapAfterFullBytes,
    long maxOldAfterBytes,
    long sumHeapAfterBytes,
    List<GcWindow> windows) {
  /** No collection seen. */
  public static final GcProfile ZERO = new GcProfile(0, 0, 0, 0, 0, 0, 0, 0, List.of());

  public GcProfile {
    windows = List.copyOf(windows);
  }

  /** Young, mixed and full together. */
  public long collections() {
    return youngCollections + fullCollections;
  }

  /** The highest heap level after any collection; 0 when there was none. */
  public long maxHeapAfterBytes() {
    return Math.max(maxHeapAfterYoungBytes, maxHeapAfterFullBytes);
  }

  /** The mean heap level after a collection; 0 when there was none. */
  public long meanHeapAfterBytes() {
    return collections() == 0 ? 0 : sumHeapAfterBytes / collections();
  }

  /**
   * The highest of the windows' lowest levels: an upper bound of everything that lived through a
   * whole window; 0 when there was no collection.
   */
  public long floorBytes() {
    return windows.stream().mapToLong(GcWindow::lowestAfterBytes).max().orElse(0);
  }

  /**
   * How well the live set is known: estimated after a mixed or full collection, bounded from above
   * after young ones only, else not at all.
   */
  public EvidenceGrade liveSetGrade() {
    if (fullCollections > 0) {
      return EvidenceGrade.ESTIMATED;
    }
    return youngCollections > 0 ? EvidenceGrade.BOUND : EvidenceGrade.NONE;
  }

  /**
   * The live set's highest known value in bytes, of the grade {@link #liveSetGrade()}; 0 at grade
   * none.
   */
  public long liveSetBytes() {
    return fullCollections > 0 ? maxHeapAfterFullBytes : maxHeapAfterYoungBytes;
  }
}
