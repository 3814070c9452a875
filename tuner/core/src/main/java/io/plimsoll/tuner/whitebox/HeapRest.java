// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.GcWindow;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.StageProfile;
import java.util.List;

/**
 * What an executor's heap held besides the execution memory of tasks. Execution memory yields: with
 * less of it tasks spill. The rest (cached blocks, broadcasts, the program's own objects, and
 * garbage that no collection came to) does not.
 *
 * <p>Every level after a collection holds the rest, and execution memory as far as a stage can
 * explain it. A stage explains no more than the execution memory its tasks reached; no more than
 * the level rose since before the stage; and, as Spark frees a task's pages at its end but a
 * collector may leave them for long, after the stage no more than any later level has left of that
 * rise. What the best explaining stage leaves is rest. A level that no stage explains counts in
 * full, and a drop ends what was explained: memory that tasks hold outside Spark's accounting is
 * not mistaken for pages.
 */
final class HeapRest {
  private final List<StageProfile> stages;
  private final int slots;

  /**
   * For the stages of one run.
   *
   * @param slots tasks at once in one executor
   */
  HeapRest(List<StageProfile> stages, int slots) {
    this.stages = stages.stream().filter(stage -> stage.engine().peakExecutionBytes() > 0).toList();
    this.slots = slots;
  }

  /**
   * The highest rest.
   *
   * @param bytes the level less what stages explain; the highest level where levels by time are
   *     unknown, and the highest heap use where there was no collection
   * @param grade an estimate when a mixed or full collection took part in that window, else a bound
   */
  record Rest(long bytes, EvidenceGrade grade) {
    static final Rest NOTHING = new Rest(0, EvidenceGrade.ESTIMATED);

    Rest higher(Rest other) {
      return bytes >= other.bytes ? this : other;
    }
  }

  Rest of(JvmEvidence executor) {
    if (executor.gc().collections() == 0) {
      return new Rest(Math.max(0, executor.heapUsedBytes()), EvidenceGrade.BOUND);
    }
    List<GcWindow> windows = executor.gc().windows();
    if (windows.isEmpty()) {
      return new Rest(executor.gc().maxHeapAfterBytes(), executor.grade());
    }
    Rest rest = Rest.NOTHING;
    for (int at = 0; at < windows.size(); at++) {
      long explained = 0;
      for (StageProfile stage : stages) {
        explained = Math.max(explained, explained(stage, windows, at));
      }
      GcWindow window = windows.get(at);
      rest =
          rest.higher(
              new Rest(
                  window.highestAfterBytes() - explained,
                  window.fullCollections() > 0 ? EvidenceGrade.ESTIMATED : EvidenceGrade.BOUND));
    }
    return rest;
  }

  private long explained(StageProfile stage, List<GcWindow> windows, int at) {
    GcWindow now = windows.get(at);
    if (stage.submittedMillis() < 0 || stage.submittedMillis() >= end(now)) {
      return 0;
    }
    long before = 0;
    long left = now.highestAfterBytes();
    for (GcWindow window : windows.subList(0, at)) {
      if (end(window) <= stage.submittedMillis()) {
        before = window.lowestAfterBytes();
      } else if (stage.isComplete() && window.startMillis() >= stage.completedMillis()) {
        left = Math.min(left, window.lowestAfterBytes());
      }
    }
    return Math.max(0, Math.min(slots * stage.engine().peakExecutionBytes(), left - before));
  }

  private static long end(GcWindow window) {
    return window.startMillis() + Rollup.WINDOW_MILLIS;
  }
}
