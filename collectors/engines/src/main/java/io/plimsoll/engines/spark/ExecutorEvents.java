// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonParser;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.util.Map;

/** Reads events of executors, their block managers and their peaks. */
final class ExecutorEvents {
  private static final Map<String, EventNumber> PEAKS =
      Map.ofEntries(
          entry("JVMHeapMemory", EventNumber.PEAK_HEAP_BYTES),
          entry("JVMOffHeapMemory", EventNumber.PEAK_NON_HEAP_BYTES),
          entry("OnHeapExecutionMemory", EventNumber.PEAK_ON_HEAP_EXECUTION_BYTES),
          entry("OffHeapExecutionMemory", EventNumber.PEAK_OFF_HEAP_EXECUTION_BYTES),
          entry("OnHeapStorageMemory", EventNumber.PEAK_ON_HEAP_STORAGE_BYTES),
          entry("OffHeapStorageMemory", EventNumber.PEAK_OFF_HEAP_STORAGE_BYTES),
          entry("OnHeapUnifiedMemory", EventNumber.PEAK_ON_HEAP_UNIFIED_BYTES),
          entry("OffHeapUnifiedMemory", EventNumber.PEAK_OFF_HEAP_UNIFIED_BYTES),
          entry("DirectPoolMemory", EventNumber.PEAK_DIRECT_BYTES),
          entry("MappedPoolMemory", EventNumber.PEAK_MAPPED_BYTES),
          entry("ProcessTreeJVMVMemory", EventNumber.PEAK_JVM_VIRTUAL_BYTES),
          entry("ProcessTreeJVMRSSMemory", EventNumber.PEAK_JVM_RSS_BYTES),
          entry("ProcessTreePythonVMemory", EventNumber.PEAK_PYTHON_VIRTUAL_BYTES),
          entry("ProcessTreePythonRSSMemory", EventNumber.PEAK_PYTHON_RSS_BYTES),
          entry("ProcessTreeOtherVMemory", EventNumber.PEAK_OTHER_VIRTUAL_BYTES),
          entry("ProcessTreeOtherRSSMemory", EventNumber.PEAK_OTHER_RSS_BYTES),
          entry("MinorGCCount", EventNumber.MINOR_GC_COUNT),
          entry("MinorGCTime", EventNumber.MINOR_GC_MILLIS),
          entry("MajorGCCount", EventNumber.MAJOR_GC_COUNT),
          entry("MajorGCTime", EventNumber.MAJOR_GC_MILLIS),
          entry("ConcurrentGCCount", EventNumber.CONCURRENT_GC_COUNT),
          entry("ConcurrentGCTime", EventNumber.CONCURRENT_GC_MILLIS),
          entry("TotalGCTime", EventNumber.TOTAL_GC_MILLIS));

  private final LogMemory memory;

  ExecutorEvents(LogMemory memory) {
    this.memory = memory;
  }

  void added(JsonParser parser, Draft into) throws IOException {
    into.put(EventNumber.CORES, 0);
    into.put(EventText.HOST, "");
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Timestamp" -> into.at(Json.number(parser, 0));
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, memory.line(Json.text(parser)));
        case "Executor Info" -> info(parser, into);
        default -> parser.skipChildren();
      }
    }
  }

  void removed(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Timestamp" -> into.at(Json.number(parser, 0));
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, memory.line(Json.text(parser)));
        case "Removed Reason" -> into.put(EventText.REASON, memory.line(Json.text(parser)));
        default -> parser.skipChildren();
      }
    }
  }

  /** A block manager that was added or removed. */
  void blockManager(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Timestamp" -> into.at(Json.number(parser, 0));
        case "Block Manager ID" -> place(parser, into);
        case "Maximum Memory" -> Json.put(parser, EventNumber.STORAGE_CAPACITY_BYTES, into);
        case "Maximum Onheap Memory" ->
            Json.put(parser, EventNumber.STORAGE_ON_HEAP_CAPACITY_BYTES, into);
        case "Maximum Offheap Memory" ->
            Json.put(parser, EventNumber.STORAGE_OFF_HEAP_CAPACITY_BYTES, into);
        default -> parser.skipChildren();
      }
    }
  }

  /** An executor or a node that gets no more tasks, or gets them again. */
  void excluded(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "time" -> into.at(Json.number(parser, 0));
        case "executorId" -> into.put(EventText.EXECUTOR_ID, memory.line(Json.text(parser)));
        case "hostId" -> into.put(EventText.HOST, memory.line(Json.text(parser)));
        case "taskFailures", "executorFailures" ->
            Json.put(parser, EventNumber.FAILURE_COUNT, into);
        case "stageId" -> Json.put(parser, EventNumber.STAGE_ID, into);
        case "stageAttemptId" -> Json.put(parser, EventNumber.STAGE_ATTEMPT, into);
        default -> parser.skipChildren();
      }
    }
  }

  /** Spark writes stage -1 for the driver's metrics over all stages. */
  void stageMetrics(JsonParser parser, Draft into) throws IOException {
    long stage = -1;
    long attempt = -1;
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, memory.line(Json.text(parser)));
        case "Stage ID" -> stage = Json.number(parser, -1);
        case "Stage Attempt ID" -> attempt = Json.number(parser, -1);
        case "Executor Metrics" -> peaks(parser, into);
        default -> parser.skipChildren();
      }
    }
    if (stage >= 0) {
      into.put(EventNumber.STAGE_ID, stage);
      into.put(EventNumber.STAGE_ATTEMPT, attempt);
    }
  }

  void unpersisted(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      if (name.equals("RDD ID")) {
        Json.put(parser, EventNumber.RDD_ID, into);
      } else {
        parser.skipChildren();
      }
    }
  }

  void speculative(JsonParser parser, Draft into) throws IOException {
    long partition = -1;
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "stageId" -> Json.put(parser, EventNumber.STAGE_ID, into);
        case "stageAttemptId" -> Json.put(parser, EventNumber.STAGE_ATTEMPT, into);
        case "partitionId" -> partition = Json.number(parser, -1);
        default -> parser.skipChildren();
      }
    }
    if (partition >= 0) {
      into.put(EventNumber.PARTITION, partition);
    }
  }

  /** Zero stands for "not measured" in most of them. */
  private static void peaks(JsonParser parser, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      EventNumber peak = PEAKS.get(name);
      long value = Json.number(parser, 0);
      if (peak != null && value > 0) {
        into.put(peak, value);
      }
    }
  }

  private void info(JsonParser parser, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Host" -> into.put(EventText.HOST, memory.line(Json.text(parser)));
        case "Total Cores" -> Json.put(parser, EventNumber.CORES, into);
        case "Resource Profile Id" -> Json.put(parser, EventNumber.RESOURCE_PROFILE, into);
        default -> parser.skipChildren();
      }
    }
  }

  private void place(JsonParser parser, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, memory.line(Json.text(parser)));
        case "Host" -> into.put(EventText.HOST, memory.line(Json.text(parser)));
        default -> parser.skipChildren();
      }
    }
  }
}
