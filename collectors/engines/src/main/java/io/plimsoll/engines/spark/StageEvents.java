// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static java.util.Map.entry;

import io.plimsoll.wire.Accumulators;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads events of jobs and stages. */
final class StageEvents {
  private static final Map<String, EventNumber> SUMS =
      Map.ofEntries(
          entry("executorRunTime", EventNumber.RUN_TIME_MILLIS),
          entry("executorCpuTime", EventNumber.CPU_TIME_NANOS),
          entry("executorDeserializeTime", EventNumber.DESERIALIZE_TIME_MILLIS),
          entry("executorDeserializeCpuTime", EventNumber.DESERIALIZE_CPU_NANOS),
          entry("jvmGCTime", EventNumber.GC_TIME_MILLIS),
          entry("resultSize", EventNumber.RESULT_BYTES),
          entry("resultSerializationTime", EventNumber.RESULT_SERIALIZATION_MILLIS),
          entry("memoryBytesSpilled", EventNumber.MEMORY_SPILL_BYTES),
          entry("diskBytesSpilled", EventNumber.DISK_SPILL_BYTES),
          entry("input.bytesRead", EventNumber.INPUT_BYTES),
          entry("input.recordsRead", EventNumber.INPUT_RECORDS),
          entry("output.bytesWritten", EventNumber.OUTPUT_BYTES),
          entry("output.recordsWritten", EventNumber.OUTPUT_RECORDS),
          entry("shuffle.read.remoteBytesRead", EventNumber.SHUFFLE_REMOTE_BYTES),
          entry("shuffle.read.recordsRead", EventNumber.SHUFFLE_READ_RECORDS),
          entry("shuffle.read.fetchWaitTime", EventNumber.SHUFFLE_FETCH_WAIT_MILLIS),
          entry("shuffle.write.bytesWritten", EventNumber.SHUFFLE_WRITE_BYTES),
          entry("shuffle.write.writeTime", EventNumber.SHUFFLE_WRITE_NANOS),
          entry("shuffle.write.recordsWritten", EventNumber.SHUFFLE_WRITE_RECORDS));

  private static final String INTERNAL = "internal.metrics.";
  private static final String LOCAL_BYTES = "shuffle.read.localBytesRead";
  private static final int MOST_RDDS = 50;

  private final LogMemory memory;

  StageEvents(LogMemory memory) {
    this.memory = memory;
  }

  void jobStarted(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Job ID" -> json.put(EventNumber.JOB_ID, into);
        case "Submission Time" -> into.at(json.number(0));
        case "Stage IDs" -> into.put(EventText.STAGE_IDS, json.joinedNumbers());
        case "Properties" -> jobProperties(json, into);
        default -> json.skip();
      }
    }
  }

  void jobEnded(JsonValues json, Draft into) throws IOException {
    into.put(EventNumber.SUCCEEDED, 0);
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Job ID" -> json.put(EventNumber.JOB_ID, into);
        case "Completion Time" -> into.at(json.number(0));
        case "Job Result" -> jobResult(json, into);
        default -> json.skip();
      }
    }
  }

  /** A submitted or a completed stage. */
  void stage(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      if (name.equals("Stage Info")) {
        info(json, into);
      } else {
        json.skip();
      }
    }
    into.at(
        into.number(EventNumber.COMPLETED_MILLIS, into.number(EventNumber.SUBMITTED_MILLIS, 0)));
  }

  private void info(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    into.put(EventNumber.STAGE_ATTEMPT, 0);
    into.put(EventText.PARENT_IDS, "");
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Stage ID" -> json.put(EventNumber.STAGE_ID, into);
        case "Stage Attempt ID" -> json.put(EventNumber.STAGE_ATTEMPT, into);
        case "Number of Tasks" -> json.put(EventNumber.TASK_COUNT, into);
        case "Resource Profile Id" -> json.put(EventNumber.RESOURCE_PROFILE, into);
        case "Submission Time" -> json.put(EventNumber.SUBMITTED_MILLIS, into);
        case "Completion Time" -> json.put(EventNumber.COMPLETED_MILLIS, into);
        case "Stage Name" -> into.put(EventText.STAGE_NAME, memory.line(json.text()));
        case "Parent IDs" -> into.put(EventText.PARENT_IDS, json.joinedNumbers());
        case "Failure Reason" -> into.put(EventText.REASON, memory.line(json.text()));
        case "RDD Info" -> rdds(json, into);
        case "Accumulables" -> accumulables(json, into);
        default -> json.skip();
      }
    }
  }

  private void rdds(JsonValues json, Draft into) throws IOException {
    if (!json.isArray()) {
      return;
    }
    StringBuilder kept = new StringBuilder();
    int count = 0;
    while (json.nextElement()) {
      String rdd = rdd(json);
      if (!rdd.isEmpty() && count++ < MOST_RDDS) {
        kept.append(kept.length() == 0 ? "" : "\n").append(rdd);
      }
    }
    if (kept.length() > 0) {
      into.put(EventText.PERSISTED_RDDS, kept.toString());
    }
  }

  /** The RDD in one line, or empty when it is not to be kept. */
  private String rdd(JsonValues json) throws IOException {
    if (!json.isObject()) {
      return "";
    }
    long id = -1;
    String named = "";
    String level = "";
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "RDD ID" -> id = json.number(-1);
        case "Name" -> named = json.text();
        case "Storage Level" -> level = StorageLevels.read(json);
        default -> json.skip();
      }
    }
    return level.isEmpty() ? "" : id + " " + level + " " + memory.line(named);
  }

  private void accumulables(JsonValues json, Draft into) throws IOException {
    if (!json.isArray()) {
      return;
    }
    SortedMap<Long, Long> metrics = new TreeMap<>();
    long localBytes = -1;
    while (json.nextElement()) {
      if (!json.isObject()) {
        continue;
      }
      Accumulable read = Accumulable.read(json);
      if (read.value() == Long.MIN_VALUE) {
        continue;
      }
      if (read.isSql()) {
        metrics.put(read.id(), read.value());
      } else if (read.name().startsWith(INTERNAL)) {
        String internal = read.name().substring(INTERNAL.length());
        EventNumber sum = SUMS.get(internal);
        if (sum != null) {
          into.put(sum, read.value());
        } else if (internal.equals(LOCAL_BYTES)) {
          localBytes = read.value();
        }
      }
    }
    long remoteBytes = into.number(EventNumber.SHUFFLE_REMOTE_BYTES, -1);
    if (localBytes >= 0 || remoteBytes >= 0) {
      into.put(EventNumber.SHUFFLE_READ_BYTES, Math.max(0, localBytes) + Math.max(0, remoteBytes));
    }
    if (!metrics.isEmpty()) {
      into.put(EventText.ACCUMULATORS, Accumulators.encode(metrics));
    }
  }

  private void jobProperties(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "spark.sql.execution.id" -> json.put(EventNumber.SQL_EXECUTION, into);
        case "spark.job.description" -> into.put(EventText.DESCRIPTION, memory.line(json.text()));
        case "spark.jobGroup.id" -> into.put(EventText.JOB_GROUP, memory.line(json.text()));
        default -> json.skip();
      }
    }
  }

  private void jobResult(JsonValues json, Draft into) throws IOException {
    if (!json.isObject()) {
      return;
    }
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      switch (name) {
        case "Result" ->
            into.put(EventNumber.SUCCEEDED, json.text().startsWith("JobSucceeded") ? 1 : 0);
        case "Exception" -> {
          if (json.isObject()) {
            exception(json, into);
          }
        }
        default -> json.skip();
      }
    }
  }

  private void exception(JsonValues json, Draft into) throws IOException {
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      if (name.equals("Message")) {
        into.put(EventText.REASON, memory.line(json.text()));
      } else {
        json.skip();
      }
    }
  }
}
