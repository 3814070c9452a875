// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.agent.secret.Redaction;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the events of Spark's listener bus, by the name of the callback. */
final class SparkEvents {
  private static final int LONGEST_TEXT = 500;

  private final Accessor time = new Accessor("time");
  private final Accessor appName = new Accessor("appName");
  private final Accessor sparkUser = new Accessor("sparkUser");
  private final Accessor environmentDetails = new Accessor("environmentDetails");
  private final Accessor jobId = new Accessor("jobId");
  private final Accessor stageIds = new Accessor("stageIds");
  private final Accessor properties = new Accessor("properties");
  private final Accessor jobResult = new Accessor("jobResult");
  private final Accessor stageInfo = new Accessor("stageInfo");
  private final Accessor stageId = new Accessor("stageId");
  private final Accessor attemptNumber = new Accessor("attemptNumber");
  private final Accessor numTasks = new Accessor("numTasks");
  private final Accessor name = new Accessor("name");
  private final Accessor parentIds = new Accessor("parentIds");
  private final Accessor submissionTime = new Accessor("submissionTime");
  private final Accessor completionTime = new Accessor("completionTime");
  private final Accessor failureReason = new Accessor("failureReason");
  private final Accessor executorId = new Accessor("executorId");
  private final Accessor executorInfo = new Accessor("executorInfo");
  private final Accessor executorHost = new Accessor("executorHost");
  private final Accessor totalCores = new Accessor("totalCores");
  private final Accessor reason = new Accessor("reason");
  private final Scala scala = new Scala();
  private final TaskEnds taskEnds = new TaskEnds();
  private final String version;
  private volatile Redaction redaction = Redaction.standard();

  SparkEvents(String version) {
    this.version = version;
  }

  /** The event, or null for a callback that says nothing the wire carries. */
  @Nullable EngineEvent of(String callback, Object event) {
    switch (callback) {
      case "onTaskEnd":
        return taskEnds.of(event, redaction);
      case "onStageSubmitted":
        return stage(EventKind.STAGE_SUBMITTED, event);
      case "onStageCompleted":
        return stage(EventKind.STAGE_COMPLETED, event);
      case "onJobStart":
        return jobStarted(event);
      case "onJobEnd":
        return EngineEvent.builder(EventKind.JOB_ENDED, time(event))
            .put(EventNumber.JOB_ID, jobId.number(event, -1))
            .put(EventNumber.SUCCEEDED, hasSucceeded(jobResult.read(event)) ? 1 : 0)
            .build();
      case "onApplicationStart":
        return EngineEvent.builder(EventKind.APPLICATION_STARTED, time(event))
            .put(EventText.APPLICATION_NAME, shortened(appName.text(event)))
            .put(EventText.ENGINE, "spark")
            .put(EventText.ENGINE_VERSION, version)
            .put(EventText.USER, sparkUser.text(event))
            .build();
      case "onApplicationEnd":
        return EngineEvent.builder(EventKind.APPLICATION_ENDED, time(event)).build();
      case "onEnvironmentUpdate":
        return environment(event);
      case "onExecutorAdded":
        return EngineEvent.builder(EventKind.EXECUTOR_ADDED, time(event))
            .put(EventNumber.CORES, totalCores.number(executorInfo.read(event), 0))
            .put(EventText.EXECUTOR_ID, executorId.text(event))
            .put(EventText.HOST, executorHost.text(executorInfo.read(event)))
            .build();
      case "onExecutorRemoved":
        return EngineEvent.builder(EventKind.EXECUTOR_REMOVED, time(event))
            .put(EventText.EXECUTOR_ID, executorId.text(event))
            .put(EventText.REASON, shortened(reason.text(event)))
            .build();
      default:
        return null;
    }
  }

  private EngineEvent jobStarted(Object event) {
    EngineEvent.Builder built =
        EngineEvent.builder(EventKind.JOB_STARTED, time(event))
            .put(EventNumber.JOB_ID, jobId.number(event, -1))
            .put(EventText.STAGE_IDS, scala.joined(stageIds.read(event)));
    Object given = properties.read(event);
    if (given instanceof Properties) {
      String execution = ((Properties) given).getProperty("spark.sql.execution.id");
      if (execution != null) {
        try {
          built.put(EventNumber.SQL_EXECUTION, Long.parseLong(execution));
        } catch (NumberFormatException setByTheUser) {
          built.put(EventText.REASON, "spark.sql.execution.id is not a number");
        }
      }
      String description = ((Properties) given).getProperty("spark.job.description");
      if (description != null) {
        built.put(EventText.DESCRIPTION, shortened(description));
      }
    }
    return built.build();
  }

  private EngineEvent stage(EventKind kind, Object event) {
    Object info = stageInfo.read(event);
    Object submitted = scala.content(submissionTime.read(info));
    Object completed = scala.content(completionTime.read(info));
    Object failure = scala.content(failureReason.read(info));
    Object moment = kind == EventKind.STAGE_COMPLETED && completed != null ? completed : submitted;
    EngineEvent.Builder built =
        EngineEvent.builder(
                kind,
                moment instanceof Number
                    ? ((Number) moment).longValue()
                    : System.currentTimeMillis())
            .put(EventNumber.STAGE_ID, stageId.number(info, -1))
            .put(EventNumber.STAGE_ATTEMPT, attemptNumber.number(info, 0))
            .put(EventNumber.TASK_COUNT, numTasks.number(info, 0))
            .put(EventText.STAGE_NAME, shortened(name.text(info)))
            .put(EventText.PARENT_IDS, scala.joined(parentIds.read(info)));
    if (submitted instanceof Number) {
      built.put(EventNumber.SUBMITTED_MILLIS, ((Number) submitted).longValue());
    }
    if (completed instanceof Number) {
      built.put(EventNumber.COMPLETED_MILLIS, ((Number) completed).longValue());
    }
    if (failure != null) {
      built.put(EventText.REASON, shortened(failure.toString()));
    }
    return built.build();
  }

  private EngineEvent environment(Object event) {
    Map<String, String> spark = new TreeMap<>();
    Map<String, String> jvm = new TreeMap<>();
    for (Object section : scala.elements(environmentDetails.read(event))) {
      String title = String.valueOf(scala.first(section));
      if (title.equals("Spark Properties")) {
        read(scala.second(section), spark);
      } else if (title.equals("JVM Information")) {
        read(scala.second(section), jvm);
      }
    }
    Redaction rules = Redaction.with(spark.get("spark.redaction.regex"));
    redaction = rules;
    EngineEvent.Builder built =
        EngineEvent.builder(EventKind.ENVIRONMENT, System.currentTimeMillis());
    for (Map.Entry<String, String> property : spark.entrySet()) {
      built.property(property.getKey(), rules.value(property.getKey(), property.getValue()));
    }
    for (Map.Entry<String, String> property : jvm.entrySet()) {
      built.property(property.getKey(), rules.value(property.getKey(), property.getValue()));
    }
    return built.build();
  }

  private void read(@Nullable Object pairs, Map<String, String> into) {
    for (Object pair : scala.elements(pairs)) {
      into.put(String.valueOf(scala.first(pair)), String.valueOf(scala.second(pair)));
    }
  }

  private long time(Object event) {
    return time.number(event, System.currentTimeMillis());
  }

  private static boolean hasSucceeded(@Nullable Object result) {
    return result != null && result.getClass().getSimpleName().startsWith("JobSucceeded");
  }

  private String shortened(String text) {
    return shortened(text, redaction);
  }

  /** One line of bounded length without secrets. */
  static String shortened(String text, Redaction rules) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    String clean =
        rules.text(line.length() > 2 * LONGEST_TEXT ? line.substring(0, 2 * LONGEST_TEXT) : line);
    return clean.length() > LONGEST_TEXT ? clean.substring(0, LONGEST_TEXT) : clean;
  }
}
