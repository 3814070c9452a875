// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** All task attempts that one process reported: totals, by stage, and by window of their end. */
final class AttemptFold {
  /** The attempts of one stage in this process. */
  static final class Slice {
    AttemptSums sums = AttemptSums.ZERO;
    final SketchDistribution wallMillis = new SketchDistribution();
  }

  private final TreeMap<StageKey, Slice> stages = new TreeMap<>();
  private final TreeMap<Long, TreeMap<StageKey, AttemptSums>> windows = new TreeMap<>();
  private final NavigableSet<Long> dirty;
  private final AttemptTracks tracks;
  private long keptFromMillis = Long.MIN_VALUE;

  /**
   * @param dirty where windows that have changed are noted
   */
  AttemptFold(NavigableSet<Long> dirty) {
    this.dirty = dirty;
    tracks = new AttemptTracks(dirty);
  }

  void add(AttemptRecord attempt) {
    tracks.add(attempt);
    if (attempt.kind() == AttemptKind.PROGRESS) {
      return;
    }
    StageKey stage = new StageKey(attempt.stageId(), attempt.stageAttempt());
    AttemptSums sums = sums(attempt);
    Slice slice = stages.computeIfAbsent(stage, any -> new Slice());
    slice.sums = slice.sums.plus(sums);
    if (attempt.kind() == AttemptKind.WHOLE) {
      slice.wallMillis.add(attempt.wallNanos() / 1_000_000L);
    }
    addWindow(Rollup.windowStart(attempt.endEpochMillis()), stage, sums);
  }

  void addAll(AttemptFold other) {
    other.stages.forEach(
        (stage, theirs) -> {
          Slice slice = stages.computeIfAbsent(stage, any -> new Slice());
          slice.sums = slice.sums.plus(theirs.sums);
          slice.wallMillis.absorb(theirs.wallMillis);
        });
    tracks.addAll(other.tracks);
    dropWindowsBefore(other.keptFromMillis);
    other.windows.forEach(
        (start, byStage) -> byStage.forEach((stage, sums) -> addWindow(start, stage, sums)));
  }

  void dropWindowsBefore(long windowStart) {
    keptFromMillis = Math.max(keptFromMillis, windowStart);
    windows.headMap(keptFromMillis).clear();
    tracks.dropWindowsBefore(keptFromMillis);
  }

  SortedMap<StageKey, Slice> stages() {
    return Collections.unmodifiableSortedMap(stages);
  }

  AttemptSums total() {
    AttemptSums total = AttemptSums.ZERO;
    for (Slice slice : stages.values()) {
      total = total.plus(slice.sums);
    }
    return total;
  }

  /** What attempts have used so far that were told to run, and nothing later. */
  AttemptSums running() {
    return tracks.running();
  }

  /** Puts the wanted windows' sums over all stages into {@code into}. */
  void windows(LongPredicate wanted, Map<Long, SortedMap<String, Long>> into) {
    windows.forEach(
        (start, byStage) -> {
          if (wanted.test(start)) {
            AttemptSums sums =
                byStage.values().stream().reduce(AttemptSums.ZERO, AttemptSums::plus);
            into.computeIfAbsent(start, any -> new TreeMap<>()).putAll(values(sums));
          }
        });
    put(RollupValue.ATTEMPT_CPU_DURING, tracks.cpuNanos(wanted), into);
    put(RollupValue.ATTEMPT_ALLOCATED_DURING, tracks.allocatedBytes(wanted), into);
  }

  private static void put(
      String name, Map<Long, Long> values, Map<Long, SortedMap<String, Long>> into) {
    values.forEach(
        (start, value) -> into.computeIfAbsent(start, any -> new TreeMap<>()).put(name, value));
  }

  /** The wanted windows' sums by stage. */
  SortedMap<Long, SortedMap<StageKey, AttemptSums>> stageWindows(LongPredicate wanted) {
    SortedMap<Long, SortedMap<StageKey, AttemptSums>> found = new TreeMap<>();
    windows.forEach(
        (start, byStage) -> {
          if (wanted.test(start)) {
            found.put(start, Collections.unmodifiableSortedMap(byStage));
          }
        });
    return found;
  }

  static AttemptSums sums(AttemptRecord attempt) {
    AttemptOutcome outcome = attempt.outcome();
    boolean helper = attempt.kind() == AttemptKind.HELPER;
    int count = helper ? 0 : attempt.count();
    return new AttemptSums(
        count,
        outcome == AttemptOutcome.SUCCEEDED ? count : 0,
        outcome == AttemptOutcome.FAILED ? count : 0,
        outcome == AttemptOutcome.KILLED ? count : 0,
        helper ? 0 : attempt.wallNanos(),
        attempt.cpuNanos(),
        attempt.allocatedBytes());
  }

  static SortedMap<String, Long> values(AttemptSums sums) {
    SortedMap<String, Long> values = new TreeMap<>();
    values.put(RollupValue.ATTEMPTS, sums.attempts());
    values.put(RollupValue.ATTEMPTS_SUCCEEDED, sums.succeeded());
    values.put(RollupValue.ATTEMPTS_FAILED, sums.failed());
    values.put(RollupValue.ATTEMPTS_KILLED, sums.killed());
    values.put(RollupValue.ATTEMPT_WALL, sums.wallNanos());
    values.put(RollupValue.ATTEMPT_CPU, sums.cpuNanos());
    values.put(RollupValue.ATTEMPT_ALLOCATED, sums.allocatedBytes());
    return values;
  }

  void write(FoldOutput out) {
    tracks.write(out);
    out.signed(keptFromMillis);
    out.number(stages.size());
    stages.forEach(
        (stage, slice) -> {
          stage.write(out);
          write(out, slice.sums);
          slice.wallMillis.write(out);
        });
    out.number(windows.size());
    windows.forEach(
        (start, byStage) -> {
          out.signed(start / Rollup.WINDOW_MILLIS);
          out.number(byStage.size());
          byStage.forEach(
              (stage, sums) -> {
                stage.write(out);
                write(out, sums);
              });
        });
  }

  /**
   * @param withTracks false for folds of before attempts were told while they run
   */
  void read(FoldInput in, boolean withTracks) {
    if (withTracks) {
      tracks.read(in);
    }
    keptFromMillis = in.signed();
    int stageCount = in.count();
    for (int i = 0; i < stageCount; i++) {
      Slice slice = new Slice();
      StageKey stage = StageKey.read(in);
      slice.sums = readSums(in);
      slice.wallMillis.absorb(SketchDistribution.read(in));
      stages.put(stage, slice);
    }
    int windowCount = in.count();
    for (int i = 0; i < windowCount; i++) {
      TreeMap<StageKey, AttemptSums> byStage = new TreeMap<>();
      long start = in.signed() * Rollup.WINDOW_MILLIS;
      int count = in.count();
      for (int j = 0; j < count; j++) {
        byStage.put(StageKey.read(in), readSums(in));
      }
      windows.put(start, byStage);
    }
  }

  private void addWindow(long start, StageKey stage, AttemptSums sums) {
    if (start >= keptFromMillis) {
      windows.computeIfAbsent(start, any -> new TreeMap<>()).merge(stage, sums, AttemptSums::plus);
      dirty.add(start);
    }
  }

  private static void write(FoldOutput out, AttemptSums sums) {
    out.signed(sums.attempts());
    out.signed(sums.succeeded());
    out.signed(sums.failed());
    out.signed(sums.killed());
    out.signed(sums.wallNanos());
    out.signed(sums.cpuNanos());
    out.signed(sums.allocatedBytes());
  }

  private static AttemptSums readSums(FoldInput in) {
    return new AttemptSums(
        in.signed(), in.signed(), in.signed(), in.signed(), in.signed(), in.signed(), in.signed());
  }
}
