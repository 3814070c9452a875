// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What task-ended events tell of a stage beyond {@link EngineSums}. All zero in folds that were
 * stored before it was kept.
 *
 * @param firstLaunchMillis epoch milliseconds of the first launch, {@link Long#MAX_VALUE} unknown
 * @param deserializeMillis Σ executorDeserializeTime
 * @param resultMillis Σ result serialization and fetching
 * @param delayMillis Σ time of an attempt, from launch to finish, that is none of run,
 *     deserialization, serialization or fetching of the result: the scheduler and its messages
 * @param spanMillis Σ time from launch to finish of the attempts that told both
 * @param remoteBytes Σ shuffle bytes from other executors
 * @param writeNanos Σ shuffle write time
 * @param shuffleWriteRecords Σ records
 * @param inputRecords Σ records read from storage
 * @param outputRecords Σ records written to storage
 * @param localBlocks Σ shuffle blocks read locally
 * @param remoteBlocks Σ shuffle blocks read from others
 * @param speculative attempts that were second copies
 * @param speculativeWon of them, those that succeeded
 * @param wastedMillis Σ run time of attempts that failed or were killed
 * @param farTasks attempts at locality ANY
 * @param placedTasks attempts that told a locality
 * @param fetchFailures attempts that could not fetch shuffle blocks
 * @param memoryFailures attempts that failed for want of memory
 * @param executors by executor id, at most {@value #MOST_EXECUTORS}: those whose ids come first
 * @param failedByHost attempts that failed by host, at most {@value #MOST_EXECUTORS}
 */
public record TaskDetails(
    long firstLaunchMillis,
    long deserializeMillis,
    long resultMillis,
    long delayMillis,
    long spanMillis,
    long remoteBytes,
    long writeNanos,
    long shuffleWriteRecords,
    long inputRecords,
    long outputRecords,
    long localBlocks,
    long remoteBlocks,
    long speculative,
    long speculativeWon,
    long wastedMillis,
    long farTasks,
    long placedTasks,
    long fetchFailures,
    long memoryFailures,
    SortedMap<String, ExecutorShare> executors,
    SortedMap<String, Long> failedByHost) {
  /** More executors than this are not kept apart. */
  public static final int MOST_EXECUTORS = 256;

  /** No tasks. */
  public static final TaskDetails ZERO =
      new TaskDetails(
          Long.MAX_VALUE,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          Collections.emptySortedMap(),
          Collections.emptySortedMap());

  public TaskDetails {
    executors = Collections.unmodifiableSortedMap(first(new TreeMap<>(executors)));
    failedByHost = Collections.unmodifiableSortedMap(first(new TreeMap<>(failedByHost)));
  }

  public TaskDetails plus(TaskDetails other) {
    SortedMap<String, ExecutorShare> shares = new TreeMap<>(executors);
    other.executors.forEach((id, share) -> shares.merge(id, share, ExecutorShare::plus));
    SortedMap<String, Long> failed = new TreeMap<>(failedByHost);
    other.failedByHost.forEach((host, count) -> failed.merge(host, count, Long::sum));
    return new TaskDetails(
        Math.min(firstLaunchMillis, other.firstLaunchMillis),
        deserializeMillis + other.deserializeMillis,
        resultMillis + other.resultMillis,
        delayMillis + other.delayMillis,
        spanMillis + other.spanMillis,
        remoteBytes + other.remoteBytes,
        writeNanos + other.writeNanos,
        shuffleWriteRecords + other.shuffleWriteRecords,
        inputRecords + other.inputRecords,
        outputRecords + other.outputRecords,
        localBlocks + other.localBlocks,
        remoteBlocks + other.remoteBlocks,
        speculative + other.speculative,
        speculativeWon + other.speculativeWon,
        wastedMillis + other.wastedMillis,
        farTasks + other.farTasks,
        placedTasks + other.placedTasks,
        fetchFailures + other.fetchFailures,
        memoryFailures + other.memoryFailures,
        shares,
        failed);
  }

  /** Keeping those that come first is the same in whatever order they come. */
  private static <V> TreeMap<String, V> first(TreeMap<String, V> all) {
    while (all.size() > MOST_EXECUTORS) {
      all.pollLastEntry();
    }
    return all;
  }

  void write(FoldOutput out) {
    out.signed(firstLaunchMillis);
    out.number(deserializeMillis);
    out.number(resultMillis);
    out.number(delayMillis);
    out.number(spanMillis);
    out.number(remoteBytes);
    out.number(writeNanos);
    out.number(shuffleWriteRecords);
    out.number(inputRecords);
    out.number(outputRecords);
    out.number(localBlocks);
    out.number(remoteBlocks);
    out.number(speculative);
    out.number(speculativeWon);
    out.number(wastedMillis);
    out.number(farTasks);
    out.number(placedTasks);
    out.number(fetchFailures);
    out.number(memoryFailures);
    out.number(executors.size());
    executors.forEach(
        (id, share) -> {
          out.text(id);
          share.write(out);
        });
    out.number(failedByHost.size());
    failedByHost.forEach(
        (host, count) -> {
          out.text(host);
          out.number(count);
        });
  }

  static TaskDetails read(FoldInput in) {
    TaskDetails numbers =
        new TaskDetails(
            in.signed(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            in.number(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap());
    TreeMap<String, ExecutorShare> shares = new TreeMap<>();
    int shareCount = in.count();
    for (int i = 0; i < shareCount; i++) {
      shares.put(in.text(), ExecutorShare.read(in));
    }
    TreeMap<String, Long> failed = new TreeMap<>();
    int hostCount = in.count();
    for (int i = 0; i < hostCount; i++) {
      failed.put(in.text(), in.number());
    }
    return numbers.with(shares, failed);
  }

  TaskDetails with(SortedMap<String, ExecutorShare> shares, SortedMap<String, Long> failed) {
    return new TaskDetails(
        firstLaunchMillis,
        deserializeMillis,
        resultMillis,
        delayMillis,
        spanMillis,
        remoteBytes,
        writeNanos,
        shuffleWriteRecords,
        inputRecords,
        outputRecords,
        localBlocks,
        remoteBlocks,
        speculative,
        speculativeWon,
        wastedMillis,
        farTasks,
        placedTasks,
        fetchFailures,
        memoryFailures,
        shares,
        failed);
  }
}
