// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.GcWindow;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a run's executors showed together.
 *
 * @param executors those that told their memory, each
 * @param exchangeable whether they did alike work, so that what one shows holds for the others: the
 *     most that one allocated is at most one and a half times the least
 * @param peakExecutionBytes highest execution memory of any one task, in Spark's own accounting
 * @param floorBytes an upper bound of what lives through a window of ten seconds
 * @param restBytes an estimate of what the heap held at its highest besides execution memory
 */
record ExecutorEvidence(
    List<JvmEvidence> executors,
    boolean exchangeable,
    long peakExecutionBytes,
    long floorBytes,
    long restBytes) {
  private static final double ALIKE = 1.5;

  ExecutorEvidence {
    executors = List.copyOf(executors);
  }

  /**
   * The evidence of a run.
   *
   * @param slots tasks at once in one executor
   */
  static ExecutorEvidence of(RunProfile run, int slots) {
    List<JvmEvidence> executors = new ArrayList<>();
    for (ProcessProfile process : run.processes(Role.EXECUTOR)) {
      if (process.lastSampleMillis() > 0) {
        executors.add(
            JvmEvidence.of("executor:" + process.identity().executorId(), process));
      }
    }
    boolean alike = alike(executors);
    List<JvmEvidence> collected =
        executors.stream().filter(each -> each.gc().collections() > 0).toList();
    long floor = floor(alike ? collected : executors, alike);
    long rest = rest(run, collected, alike, slots);
    return new ExecutorEvidence(
        executors, alike, run.engineSums().peakExecutionBytes(), floor, rest);
  }

  /** The worst grade of the live sets; NONE when no executor collected. */
  EvidenceGrade grade() {
    return executors.stream()
        .map(JvmEvidence::grade)
        .filter(grade -> grade != EvidenceGrade.NONE)
        .reduce(EvidenceGrade::worse)
        .map(EvidenceGrade.ESTIMATED::worse)
        .orElse(EvidenceGrade.NONE);
  }

  /** The highest value over the executors; -1 without any. */
  long highest(ToLongFunction<JvmEvidence> value) {
    return executors.stream().mapToLong(value).max().orElse(-1);
  }

  long collections() {
    return executors.stream().mapToLong(each -> each.gc().collections()).sum();
  }

  private static boolean alike(List<JvmEvidence> executors) {
    if (executors.size() < 2) {
      return false;
    }
    long least = executors.stream().mapToLong(JvmEvidence::allocatedBytes).min().orElse(-1);
    long most = executors.stream().mapToLong(JvmEvidence::allocatedBytes).max().orElse(-1);
    return least > 0 && most <= ALIKE * least;
  }

  /**
   * The highest, over the windows, of the lowest level after a collection. Garbage that a collector
   * has not come to raises a level and never lowers it, so among exchangeable executors the one with
   * the least of it in a window speaks for all.
   */
  private static long floor(List<JvmEvidence> executors, boolean alike) {
    if (!alike || executors.stream().anyMatch(each -> each.gc().windows().isEmpty())) {
      return executors.stream().mapToLong(JvmEvidence::floorBytes).max().orElse(0);
    }
    return lowest(executors, GcWindow::lowestAfterBytes).values().stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /**
   * The highest level after a collection less the execution memory that tasks had reached until then
   * (its pages may linger as garbage after their task). Execution memory yields by spilling; the rest
   * does not.
   */
  private static long rest(
      RunProfile run, List<JvmEvidence> executors, boolean alike, int slots) {
    if (alike && executors.stream().noneMatch(each -> each.gc().windows().isEmpty())) {
      return rest(run, lowest(executors, GcWindow::highestAfterBytes), slots);
    }
    long rest = 0;
    for (JvmEvidence executor : executors) {
      if (executor.gc().windows().isEmpty()) {
        rest = Math.max(rest, executor.gc().maxHeapAfterBytes());
      } else {
        rest =
            Math.max(
                rest, rest(run, lowest(List.of(executor), GcWindow::highestAfterBytes), slots));
      }
    }
    return rest;
  }

  private static long rest(RunProfile run, NavigableMap<Long, Long> levels, int slots) {
    long rest = 0;
    for (var level : levels.entrySet()) {
      long end = level.getKey() + Rollup.WINDOW_MILLIS;
      long execution = 0;
      for (StageProfile stage : run.stages()) {
        if (stage.submittedMillis() < end) {
          execution = Math.max(execution, stage.engine().peakExecutionBytes());
        }
      }
      rest = Math.max(rest, level.getValue() - slots * execution);
    }
    return rest;
  }

  private static NavigableMap<Long, Long> lowest(
      List<JvmEvidence> executors, ToLongFunction<GcWindow> level) {
    NavigableMap<Long, Long> lowest = new TreeMap<>();
    for (JvmEvidence executor : executors) {
      for (GcWindow window : executor.gc().windows()) {
        lowest.merge(window.startMillis(), level.applyAsLong(window), Math::min);
      }
    }
    return lowest;
  }
}
