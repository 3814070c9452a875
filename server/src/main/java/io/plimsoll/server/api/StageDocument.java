// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.StageProfile;
import java.util.Map;

/** One stage attempt as a JSON object: the agent's sums and the engine's, side by side. */
final class StageDocument {
  private StageDocument() {}

  static Map<String, Object> of(StageProfile stage) {
    Document document =
        new Document()
            .put("stage", stage.id())
            .put("stageId", stage.stageId())
            .put("stageAttempt", stage.stageAttempt())
            .put("name", stage.name())
            .putIfNotNegative("submittedMillis", stage.submittedMillis())
            .putIfNotNegative("completedMillis", stage.completedMillis());
    if (stage.submittedMillis() >= 0 && stage.isComplete()) {
      document.put("wallMillis", Math.max(0, stage.completedMillis() - stage.submittedMillis()));
    }
    if (stage.taskCount() > 0) {
      document.put("taskCount", stage.taskCount());
    }
    return document
        .put("parents", stage.parents())
        .putKnown("failure", stage.failure())
        .put("attempts", ProcessDocument.attempts(stage.attempts()))
        .put("gcCpuNanos", stage.gcCpuNanos())
        .put("engine", engine(stage.engine()))
        .put("attemptWallMillis", distribution(stage.attemptWallMillis()))
        .put("taskRunMillis", distribution(stage.taskRunMillis()))
        .put("taskReadBytes", distribution(stage.taskReadBytes()))
        .fields();
  }

  private static Map<String, Object> engine(EngineSums sums) {
    return new Document()
        .put("tasks", sums.tasks())
        .put("failedTasks", sums.failedTasks())
        .put("killedTasks", sums.killedTasks())
        .put("runMillis", sums.runMillis())
        .put("cpuNanos", sums.cpuNanos())
        .put("gcMillis", sums.gcMillis())
        .put("resultBytes", sums.resultBytes())
        .put("memorySpillBytes", sums.memorySpillBytes())
        .put("diskSpillBytes", sums.diskSpillBytes())
        .put("peakExecutionBytes", sums.peakExecutionBytes())
        .put("inputBytes", sums.inputBytes())
        .put("outputBytes", sums.outputBytes())
        .put("shuffleReadBytes", sums.shuffleReadBytes())
        .put("shuffleFetchWaitMillis", sums.shuffleFetchWaitMillis())
        .put("shuffleWriteBytes", sums.shuffleWriteBytes())
        .fields();
  }

  private static Map<String, Object> distribution(Distribution values) {
    Document document = new Document().put("count", values.count()).put("sum", values.sum());
    if (values.count() > 0) {
      document
          .put("min", values.min())
          .put("median", values.median())
          .put("p95", values.quantile(0.95))
          .put("max", values.max());
    }
    return document.fields();
  }
}
