// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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

  void jobStarted(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Job ID" -> Json.put(parser, EventNumber.JOB_ID, into);
        case "Submission Time" -> into.at(Json.number(parser, 0));
        case "Stage IDs" -> into.put(EventText.STAGE_IDS, Json.joinedNumbers(parser));
        case "Properties" -> jobProperties(parser, into);
        default -> parser.skipChildren();
      }
    }
  }

  void jobEnded(JsonParser parser, Draft into) throws IOException {
    into.put(EventNumber.SUCCEEDED, 0);
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Job ID" -> Json.put(parser, EventNumber.JOB_ID, into);
        case "Completion Time" -> into.at(Json.number(parser, 0));
        case "Job Result" -> jobResult(parser, into);
        default -> parser.skipChildren();
      }
    }
  }

  /** A submitted or a completed stage. */
  void stage(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      if (name.equals("Stage Info")) {
        info(parser, into);
      } else {
        parser.skipChildren();
      }
    }
    into.at(
        into.number(EventNumber.COMPLETED_MILLIS, into.number(EventNumber.SUBMITTED_MILLIS, 0)));
  }

  private void info(JsonParser parser, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    into.put(EventNumber.STAGE_ATTEMPT, 0);
    into.put(EventText.PARENT_IDS, "");
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Stage ID" -> Json.put(parser, EventNumber.STAGE_ID, into);
        case "Stage Attempt ID" -> Json.put(parser, EventNumber.STAGE_ATTEMPT, into);
        case "Number of Tasks" -> Json.put(parser, EventNumber.TASK_COUNT, into);
        case "Resource Profile Id" -> Json.put(parser, EventNumber.RESOURCE_PROFILE, into);
        case "Submission Time" -> Json.put(parser, EventNumber.SUBMITTED_MILLIS, into);
        case "Completion Time" -> Json.put(parser, EventNumber.COMPLETED_MILLIS, into);
        case "Stage Name" -> into.put(EventText.STAGE_NAME, memory.line(Json.text(parser)));
        case "Parent IDs" -> into.put(EventText.PARENT_IDS, Json.joinedNumbers(parser));
        case "Failure Reason" -> into.put(EventText.REASON, memory.line(Json.text(parser)));
        case "RDD Info" -> rdds(parser, into);
        case "Accumulables" -> accumulables(parser, into);
        default -> parser.skipChildren();
      }
    }
  }

  private void rdds(JsonParser parser, Draft into) throws IOException {
    if (!Json.isArray(parser)) {
      return;
    }
    StringBuilder kept = new StringBuilder();
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      String rdd = rdd(parser);
      if (!rdd.isEmpty() && count++ < MOST_RDDS) {
        kept.append(kept.length() == 0 ? "" : "\n").append(rdd);
      }
    }
    if (kept.length() > 0) {
      into.put(EventText.PERSISTED_RDDS, kept.toString());
    }
  }

  /** The RDD in one line, or empty when it is not to be kept. */
  private String rdd(JsonParser parser) throws IOException {
    if (!Json.isObject(parser)) {
      return "";
    }
    long id = -1;
    String named = "";
    String level = "";
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "RDD ID" -> id = Json.number(parser, -1);
        case "Name" -> named = Json.text(parser);
        case "Storage Level" -> level = StorageLevels.read(parser);
        default -> parser.skipChildren();
      }
    }
    return level.isEmpty() ? "" : id + " " + level + " " + memory.line(named);
  }

  private void accumulables(JsonParser parser, Draft into) throws IOException {
    if (!Json.isArray(parser)) {
      return;
    }
    SortedMap<Long, Long> metrics = new TreeMap<>();
    long localBytes = -1;
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (!Json.isObject(parser)) {
        continue;
      }
      Accumulable read = Accumulable.read(parser);
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

  private void jobProperties(JsonParser parser, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "spark.sql.execution.id" -> Json.put(parser, EventNumber.SQL_EXECUTION, into);
        case "spark.job.description" ->
            into.put(EventText.DESCRIPTION, memory.line(Json.text(parser)));
        case "spark.jobGroup.id" -> into.put(EventText.JOB_GROUP, memory.line(Json.text(parser)));
        default -> parser.skipChildren();
      }
    }
  }

  private void jobResult(JsonParser parser, Draft into) throws IOException {
    if (!Json.isObject(parser)) {
      return;
    }
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      switch (name) {
        case "Result" ->
            into.put(EventNumber.SUCCEEDED, Json.text(parser).startsWith("JobSucceeded") ? 1 : 0);
        case "Exception" -> {
          if (Json.isObject(parser)) {
            exception(parser, into);
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void exception(JsonParser parser, Draft into) throws IOException {
    for (String name = Json.nextField(parser); name != null; name = Json.nextField(parser)) {
      if (name.equals("Message")) {
        into.put(EventText.REASON, memory.line(Json.text(parser)));
      } else {
        parser.skipChildren();
      }
    }
  }
}
