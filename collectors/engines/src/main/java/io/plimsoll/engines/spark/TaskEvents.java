// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static java.util.Map.entry;

import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.util.Map;

/** Reads task-ended events of every Spark version. */
final class TaskEvents {
  private static final Map<String, EventNumber> METRICS =
      Map.ofEntries(
          entry("Executor Run Time", EventNumber.RUN_TIME_MILLIS),
          entry("Executor CPU Time", EventNumber.CPU_TIME_NANOS),
          entry("Executor Deserialize Time", EventNumber.DESERIALIZE_TIME_MILLIS),
          entry("Executor Deserialize CPU Time", EventNumber.DESERIALIZE_CPU_NANOS),
          entry("JVM GC Time", EventNumber.GC_TIME_MILLIS),
          entry("Result Size", EventNumber.RESULT_BYTES),
          entry("Result Serialization Time", EventNumber.RESULT_SERIALIZATION_MILLIS),
          entry("Memory Bytes Spilled", EventNumber.MEMORY_SPILL_BYTES),
          entry("Disk Bytes Spilled", EventNumber.DISK_SPILL_BYTES),
          entry("Peak Execution Memory", EventNumber.PEAK_EXECUTION_BYTES),
          entry("Peak On Heap Execution Memory", EventNumber.TASK_PEAK_ON_HEAP_BYTES),
          entry("Peak Off Heap Execution Memory", EventNumber.TASK_PEAK_OFF_HEAP_BYTES));

  private static final Map<String, EventNumber> INPUT =
      Map.of("Bytes Read", EventNumber.INPUT_BYTES, "Records Read", EventNumber.INPUT_RECORDS);

  private static final Map<String, EventNumber> OUTPUT =
      Map.of(
          "Bytes Written", EventNumber.OUTPUT_BYTES, "Records Written", EventNumber.OUTPUT_RECORDS);

  private static final Map<String, EventNumber> SHUFFLE_READ =
      Map.of(
          "Remote Bytes Read", EventNumber.SHUFFLE_REMOTE_BYTES,
          "Remote Bytes Read To Disk", EventNumber.SHUFFLE_REMOTE_TO_DISK_BYTES,
          "Total Records Read", EventNumber.SHUFFLE_READ_RECORDS,
          "Fetch Wait Time", EventNumber.SHUFFLE_FETCH_WAIT_MILLIS,
          "Local Blocks Fetched", EventNumber.SHUFFLE_LOCAL_BLOCKS,
          "Remote Blocks Fetched", EventNumber.SHUFFLE_REMOTE_BLOCKS,
          "Remote Requests Duration", EventNumber.SHUFFLE_REMOTE_REQUEST_MILLIS);

  private static final Map<String, EventNumber> MERGED =
      Map.of(
          "Merged Local Blocks Fetched", EventNumber.MERGED_LOCAL_BLOCKS,
          "Merged Remote Blocks Fetched", EventNumber.MERGED_REMOTE_BLOCKS,
          "Merged Local Bytes Read", EventNumber.MERGED_LOCAL_BYTES,
          "Merged Remote Bytes Read", EventNumber.MERGED_REMOTE_BYTES,
          "Merged Fetch Fallback Count", EventNumber.MERGED_FALLBACKS,
          "Corrupt Merged Block Chunks", EventNumber.MERGED_CORRUPT_CHUNKS);

  private static final Map<String, EventNumber> SHUFFLE_WRITE =
      Map.of(
          "Shuffle Bytes Written", EventNumber.SHUFFLE_WRITE_BYTES,
          "Shuffle Write Time", EventNumber.SHUFFLE_WRITE_NANOS,
          "Shuffle Records Written", EventNumber.SHUFFLE_WRITE_RECORDS);

  private final FailureReader failures;

  TaskEvents(LogMemory memory) {
    this.failures = new FailureReader(memory);
  }

  void ended(JsonValues json, Draft into) throws IOException {
    into.put(EventNumber.STAGE_ATTEMPT, 0);
    into.put(EventText.OUTCOME, AttemptOutcome.UNKNOWN.name());
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Stage ID" -> json.put(EventNumber.STAGE_ID, into);
        case "Stage Attempt ID" -> json.put(EventNumber.STAGE_ATTEMPT, into);
        case "Task End Reason" -> failures.read(json, into);
        case "Task Info" -> info(json, into);
        case "Task Metrics" -> metrics(json, into);
        default -> json.skip();
      }
    }
  }

  private static void info(JsonValues json, Draft into) throws IOException {
    long finished = 0;
    long index = -1;
    long partition = -1;
    long speculative = 0;
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Task ID" -> json.put(EventNumber.TASK_ID, into);
        case "Index" -> index = json.number(-1);
        case "Partition ID" -> partition = json.number(-1);
        case "Attempt" -> json.put(EventNumber.ATTEMPT_NUMBER, into);
        case "Launch Time" -> json.put(EventNumber.LAUNCHED_MILLIS, into);
        case "Finish Time" -> finished = json.number(0);
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, json.text());
        case "Host" -> into.put(EventText.HOST, json.text());
        case "Locality" -> into.put(EventText.LOCALITY, json.text());
        case "Speculative" -> speculative = json.isTrue() ? 1 : 0;
        case "Getting Result Time" -> {
          long fetch = json.number(0);
          if (fetch > 0) {
            into.put(EventNumber.RESULT_FETCH_STARTED_MILLIS, fetch);
          }
        }
        default -> json.skip();
      }
    }
    into.put(EventNumber.SPECULATIVE, speculative);
    into.put(EventNumber.PARTITION, partition >= 0 ? partition : index);
    into.put(EventNumber.FINISHED_MILLIS, finished);
    into.at(finished);
  }

  private static void metrics(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      EventNumber metric = METRICS.get(name);
      if (metric != null) {
        json.put(metric, into);
        continue;
      }
      switch (name) {
        case "Input Metrics" -> json.putAll(INPUT, into);
        case "Output Metrics" -> json.putAll(OUTPUT, into);
        case "Shuffle Read Metrics" -> shuffleRead(json, into);
        case "Shuffle Write Metrics" -> json.putAll(SHUFFLE_WRITE, into);
        default -> json.skip();
      }
    }
  }

  /** Spark 1.0 and 1.1 do not tell local bytes: then the sum is of the remote ones. */
  private static void shuffleRead(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    long remote = 0;
    long local = 0;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Remote Bytes Read" -> {
          remote = json.number(0);
          into.put(EventNumber.SHUFFLE_REMOTE_BYTES, remote);
        }
        case "Local Bytes Read" -> local = json.number(0);
        case "Push Based Shuffle" -> json.putAll(MERGED, into);
        default -> {
          EventNumber field = SHUFFLE_READ.get(name);
          if (field == null) {
            json.skip();
          } else {
            json.put(field, into);
          }
        }
      }
    }
    into.put(EventNumber.SHUFFLE_READ_BYTES, remote + local);
  }
}
