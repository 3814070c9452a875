// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.secret.Redaction;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of Spark's listener bus, by the name of the callback. On the thread of the
 * listener's own queue only.
 */
final class SparkEvents {
  private final MissingMembers missing = new MissingMembers();
  private final Scala scala = new Scala();
  private final Accessor time = new Accessor("time");
  private final Accessor appName = new Accessor("appName");
  private final Accessor sparkUser = new Accessor("sparkUser");
  private final Accessor jobId = new Accessor("jobId");
  private final Accessor stageIds = new Accessor("stageIds");
  private final Accessor properties = new Accessor("properties");
  private final Accessor jobResult = new Accessor("jobResult");
  private final Accessor exception = new Accessor("exception");
  private final EventTexts texts;
  private final TaskEnds taskEnds;
  private final StageEvents stages;
  private final ClusterEvents cluster;
  private final SqlEvents sql;
  private final ExecutorPeaks peaks = new ExecutorPeaks(scala, missing);
  private final EnvironmentEvent environment;
  private final BusDrops drops;
  private final String version;

  /** Of a Spark whose bus is not known, with the built-in rules of redaction. */
  SparkEvents(String version) {
    this(version, Redaction.standard(), true, null);
  }

  /**
   * @param saysExcluded whether this Spark calls excluded what older ones call blacklisted
   * @param bus the listener bus, null when it cannot be had
   */
  SparkEvents(String version, Redaction rules, boolean saysExcluded, @Nullable Object bus) {
    this.version = version;
    texts = new EventTexts(rules);
    taskEnds = new TaskEnds(missing);
    stages = new StageEvents(scala, texts, taskEnds);
    cluster = new ClusterEvents(scala, texts, missing, saysExcluded);
    sql = new SqlEvents(scala, texts, missing, System::nanoTime);
    environment = new EnvironmentEvent(scala, texts);
    drops = new BusDrops(bus);
  }

  /** Tells what the callback says; nothing when the wire does not carry it. */
  void read(String callback, Object event, Consumer<EngineEvent> to) {
    switch (callback) {
      case "onTaskEnd":
        to.accept(taskEnds.of(event, texts));
        taskEnds.peaks(event, peaks);
        break;
      case "onExecutorMetricsUpdate":
        peaks.heartbeat(event);
        break;
      case "onStageSubmitted":
        to.accept(stages.submitted(event));
        break;
      case "onStageCompleted":
        EngineEvent stage = stages.completed(event);
        to.accept(stage);
        peaks.stageEnded(
            stage.number(EventNumber.STAGE_ID, -1),
            stage.number(EventNumber.STAGE_ATTEMPT, 0),
            stage.epochMillis(),
            to);
        break;
      case "onApplicationEnd":
        applicationEnded(event, to);
        return;
      default:
        EngineEvent other = other(callback, event);
        if (other != null) {
          to.accept(other);
        }
    }
    drops.check(System.currentTimeMillis(), false, to);
  }

  private @Nullable EngineEvent other(String callback, Object event) {
    switch (callback) {
      case "onJobStart":
        return jobStarted(event);
      case "onJobEnd":
        return jobEnded(event);
      case "onApplicationStart":
        return EngineEvent.builder(EventKind.APPLICATION_STARTED, time(event))
            .put(EventText.APPLICATION_NAME, texts.line(appName.text(event)))
            .put(EventText.ENGINE, "spark")
            .put(EventText.ENGINE_VERSION, version)
            .put(EventText.USER, sparkUser.text(event))
            .build();
      case "onEnvironmentUpdate":
        return environment.of(event);
      case "onOtherEvent":
        return sql.of(event);
      default:
        return cluster.of(callback, event);
    }
  }

  private void applicationEnded(Object event, Consumer<EngineEvent> to) {
    long ended = time(event);
    peaks.applicationEnded(ended, to);
    drops.check(ended, true, to);
    EngineEvent absent = missing.news(ended);
    if (absent != null) {
      to.accept(absent);
    }
    to.accept(EngineEvent.builder(EventKind.APPLICATION_ENDED, ended).build());
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
      put(built, EventText.DESCRIPTION, ((Properties) given).getProperty("spark.job.description"));
      put(built, EventText.JOB_GROUP, ((Properties) given).getProperty("spark.jobGroup.id"));
    }
    return built.build();
  }

  private EngineEvent jobEnded(Object event) {
    Object result = jobResult.read(event);
    boolean succeeded =
        result != null && result.getClass().getSimpleName().startsWith("JobSucceeded");
    EngineEvent.Builder built =
        EngineEvent.builder(EventKind.JOB_ENDED, time(event))
            .put(EventNumber.JOB_ID, jobId.number(event, -1))
            .put(EventNumber.SUCCEEDED, succeeded ? 1 : 0);
    Object failure = succeeded ? null : exception.read(result);
    if (failure instanceof Throwable) {
      put(built, EventText.REASON, ((Throwable) failure).getMessage());
    }
    return built.build();
  }

  private void put(EngineEvent.Builder built, EventText field, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      built.put(field, texts.line(text));
    }
  }

  private long time(Object event) {
    return time.number(event, System.currentTimeMillis());
  }
}
