// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static java.util.Map.entry;

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

  void added(JsonValues json, Draft into) throws IOException {
    into.put(EventNumber.CORES, 0);
    into.put(EventText.HOST, "");
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Timestamp" -> into.at(json.number(0));
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, memory.line(json.text()));
        case "Executor Info" -> info(json, into);
        default -> json.skip();
      }
    }
  }

  void removed(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Timestamp" -> into.at(json.number(0));
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, memory.line(json.text()));
        case "Removed Reason" -> into.put(EventText.REASON, memory.line(json.text()));
        default -> json.skip();
      }
    }
  }

  /** A block manager that was added or removed. */
  void blockManager(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Timestamp" -> into.at(json.number(0));
        case "Block Manager ID" -> place(json, into);
        case "Maximum Memory" -> json.put(EventNumber.STORAGE_CAPACITY_BYTES, into);
        case "Maximum Onheap Memory" -> json.put(EventNumber.STORAGE_ON_HEAP_CAPACITY_BYTES, into);
        case "Maximum Offheap Memory" ->
            json.put(EventNumber.STORAGE_OFF_HEAP_CAPACITY_BYTES, into);
        default -> json.skip();
      }
    }
  }

  /** An executor or a node that gets no more tasks, or gets them again. */
  void excluded(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "time" -> into.at(json.number(0));
        case "executorId" -> into.put(EventText.EXECUTOR_ID, memory.line(json.text()));
        case "hostId" -> into.put(EventText.HOST, memory.line(json.text()));
        case "taskFailures", "executorFailures" -> json.put(EventNumber.FAILURE_COUNT, into);
        case "stageId" -> json.put(EventNumber.STAGE_ID, into);
        case "stageAttemptId" -> json.put(EventNumber.STAGE_ATTEMPT, into);
        default -> json.skip();
      }
    }
  }

  /** Spark writes stage -1 for the driver's metrics over all stages. */
  void stageMetrics(JsonValues json, Draft into) throws IOException {
    long stage = -1;
    long attempt = -1;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, memory.line(json.text()));
        case "Stage ID" -> stage = json.number(-1);
        case "Stage Attempt ID" -> attempt = json.number(-1);
        case "Executor Metrics" -> peaks(json, into);
        default -> json.skip();
      }
    }
    if (stage >= 0) {
      into.put(EventNumber.STAGE_ID, stage);
      into.put(EventNumber.STAGE_ATTEMPT, attempt);
    }
  }

  void unpersisted(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      if (name.equals("RDD ID")) {
        json.put(EventNumber.RDD_ID, into);
      } else {
        json.skip();
      }
    }
  }

  void speculative(JsonValues json, Draft into) throws IOException {
    long partition = -1;
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "stageId" -> json.put(EventNumber.STAGE_ID, into);
        case "stageAttemptId" -> json.put(EventNumber.STAGE_ATTEMPT, into);
        case "partitionId" -> partition = json.number(-1);
        default -> json.skip();
      }
    }
    if (partition >= 0) {
      into.put(EventNumber.PARTITION, partition);
    }
  }

  /** Zero stands for "not measured" in most of them. */
  private static void peaks(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      EventNumber peak = PEAKS.get(name);
      long value = json.number(0);
      if (peak != null && value > 0) {
        into.put(peak, value);
      }
    }
  }

  private void info(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Host" -> into.put(EventText.HOST, memory.line(json.text()));
        case "Total Cores" -> json.put(EventNumber.CORES, into);
        case "Resource Profile Id" -> json.put(EventNumber.RESOURCE_PROFILE, into);
        default -> json.skip();
      }
    }
  }

  private void place(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Executor ID" -> into.put(EventText.EXECUTOR_ID, memory.line(json.text()));
        case "Host" -> into.put(EventText.HOST, memory.line(json.text()));
        default -> json.skip();
      }
    }
  }
}
