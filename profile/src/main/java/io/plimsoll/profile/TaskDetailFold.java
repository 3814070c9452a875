// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;

/** Collects {@link TaskDetails} of one stage attempt. Not thread-safe. */
final class TaskDetailFold {
  private static final String FAR = "ANY";

  private long firstLaunchMillis = Long.MAX_VALUE;
  private final long[] sums = new long[Field.values().length];
  private final TreeMap<String, ExecutorShare> executors = new TreeMap<>();
  private final TreeMap<String, Long> failedByHost = new TreeMap<>();

  /** In the order of {@link TaskDetails}. */
  private enum Field {
    DESERIALIZE_MILLIS,
    RESULT_MILLIS,
    DELAY_MILLIS,
    SPAN_MILLIS,
    REMOTE_BYTES,
    WRITE_NANOS,
    SHUFFLE_WRITE_RECORDS,
    INPUT_RECORDS,
    OUTPUT_RECORDS,
    LOCAL_BLOCKS,
    REMOTE_BLOCKS,
    SPECULATIVE,
    SPECULATIVE_WON,
    WASTED_MILLIS,
    FAR_TASKS,
    PLACED_TASKS,
    FETCH_FAILURES,
    MEMORY_FAILURES
  }

  void add(EngineEvent event, boolean succeeded, boolean failed) {
    long run = TaskFold.amount(event, EventNumber.RUN_TIME_MILLIS);
    long deserialize = TaskFold.amount(event, EventNumber.DESERIALIZE_TIME_MILLIS);
    add(Field.DESERIALIZE_MILLIS, deserialize);
    add(Field.REMOTE_BYTES, TaskFold.amount(event, EventNumber.SHUFFLE_REMOTE_BYTES));
    add(Field.WRITE_NANOS, TaskFold.amount(event, EventNumber.SHUFFLE_WRITE_NANOS));
    add(Field.SHUFFLE_WRITE_RECORDS, TaskFold.amount(event, EventNumber.SHUFFLE_WRITE_RECORDS));
    add(Field.INPUT_RECORDS, TaskFold.amount(event, EventNumber.INPUT_RECORDS));
    add(Field.OUTPUT_RECORDS, TaskFold.amount(event, EventNumber.OUTPUT_RECORDS));
    add(Field.LOCAL_BLOCKS, TaskFold.amount(event, EventNumber.SHUFFLE_LOCAL_BLOCKS));
    add(Field.REMOTE_BLOCKS, TaskFold.amount(event, EventNumber.SHUFFLE_REMOTE_BLOCKS));
    boolean copy = event.number(EventNumber.SPECULATIVE, 0) == 1;
    add(Field.SPECULATIVE, copy ? 1 : 0);
    add(Field.SPECULATIVE_WON, copy && succeeded ? 1 : 0);
    add(Field.WASTED_MILLIS, succeeded ? 0 : run);
    span(event, run + deserialize);
    place(event, succeeded, failed, run);
    if (failed) {
      failure(event);
    }
  }

  void add(TaskDetails details) {
    firstLaunchMillis = Math.min(firstLaunchMillis, details.firstLaunchMillis());
    long[] theirs = {
      details.deserializeMillis(),
      details.resultMillis(),
      details.delayMillis(),
      details.spanMillis(),
      details.remoteBytes(),
      details.writeNanos(),
      details.shuffleWriteRecords(),
      details.inputRecords(),
      details.outputRecords(),
      details.localBlocks(),
      details.remoteBlocks(),
      details.speculative(),
      details.speculativeWon(),
      details.wastedMillis(),
      details.farTasks(),
      details.placedTasks(),
      details.fetchFailures(),
      details.memoryFailures()
    };
    Arrays.setAll(sums, field -> sums[field] + theirs[field]);
    details.executors().forEach(this::share);
    details.failedByHost().forEach(this::failed);
  }

  void addAll(TaskDetailFold other) {
    firstLaunchMillis = Math.min(firstLaunchMillis, other.firstLaunchMillis);
    Arrays.setAll(sums, field -> sums[field] + other.sums[field]);
    other.executors.forEach(this::share);
    other.failedByHost.forEach(this::failed);
  }

  TaskDetails details() {
    return new TaskDetails(
        firstLaunchMillis,
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        sums[4],
        sums[5],
        sums[6],
        sums[7],
        sums[8],
        sums[9],
        sums[10],
        sums[11],
        sums[12],
        sums[13],
        sums[14],
        sums[15],
        sums[16],
        sums[17],
        executors,
        failedByHost);
  }

  private void span(EngineEvent event, long told) {
    long launched = event.number(EventNumber.LAUNCHED_MILLIS, -1);
    long finished = event.number(EventNumber.FINISHED_MILLIS, -1);
    if (launched > 0) {
      firstLaunchMillis = Math.min(firstLaunchMillis, launched);
    }
    long fetching = event.number(EventNumber.RESULT_FETCH_STARTED_MILLIS, -1);
    long result =
        TaskFold.amount(event, EventNumber.RESULT_SERIALIZATION_MILLIS)
            + (fetching > 0 && finished > fetching ? finished - fetching : 0);
    add(Field.RESULT_MILLIS, result);
    if (launched > 0 && finished >= launched) {
      add(Field.SPAN_MILLIS, finished - launched);
      add(Field.DELAY_MILLIS, Math.max(0, finished - launched - told - result));
    }
  }

  private void place(EngineEvent event, boolean succeeded, boolean failed, long run) {
    String locality = event.text(EventText.LOCALITY);
    if (locality != null) {
      add(Field.PLACED_TASKS, 1);
      add(Field.FAR_TASKS, locality.equals(FAR) ? 1 : 0);
    }
    String executor = event.text(EventText.EXECUTOR_ID);
    if (executor != null && !executor.isEmpty()) {
      long read =
          TaskFold.amount(event, EventNumber.INPUT_BYTES)
              + TaskFold.amount(event, EventNumber.SHUFFLE_READ_BYTES);
      share(
          executor,
          new ExecutorShare(
              1, failed ? 1 : 0, succeeded ? run : 0, succeeded ? 1 : 0, succeeded ? read : 0));
    }
    String host = event.text(EventText.HOST);
    if (failed && host != null && !host.isEmpty()) {
      failed(host, 1L);
    }
  }

  private void failure(EngineEvent event) {
    String kind = String.valueOf(event.text(EventText.FAILURE_KIND));
    String why =
        (event.text(EventText.FAILURE_CLASS) + " " + event.text(EventText.REASON))
            .toLowerCase(Locale.ROOT);
    add(Field.FETCH_FAILURES, kind.equals("FetchFailed") ? 1 : 0);
    boolean memory =
        why.contains("outofmemory")
            || why.contains("out of memory")
            || why.contains("exit code 137")
            || why.contains("exceeding memory limits")
            || why.contains("exceeding physical memory");
    add(Field.MEMORY_FAILURES, memory ? 1 : 0);
  }

  private void share(String executor, ExecutorShare share) {
    merge(executors, executor, executors.getOrDefault(executor, ExecutorShare.ZERO).plus(share));
  }

  private void failed(String host, Long count) {
    merge(failedByHost, host, failedByHost.getOrDefault(host, 0L) + count);
  }

  private static <V> void merge(TreeMap<String, V> into, String key, V value) {
    into.put(key, value);
    if (into.size() > TaskDetails.MOST_EXECUTORS) {
      into.pollLastEntry();
    }
  }

  private void add(Field field, long amount) {
    sums[field.ordinal()] += amount;
  }
}
