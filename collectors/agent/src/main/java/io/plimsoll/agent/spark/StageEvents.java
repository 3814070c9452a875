// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.Accumulators;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what Spark says of stages. */
final class StageEvents {
  private static final int MOST_RDDS = 20;

  private final Accessor stageInfo = new Accessor("stageInfo");
  private final Accessor stageId = new Accessor("stageId");
  private final Accessor attemptNumber = new Accessor("attemptNumber");
  private final Accessor numTasks = new Accessor("numTasks");
  private final Accessor name = new Accessor("name");
  private final Accessor parentIds = new Accessor("parentIds");
  private final Accessor submissionTime = new Accessor("submissionTime");
  private final Accessor completionTime = new Accessor("completionTime");
  private final Accessor failureReason = new Accessor("failureReason");
  private final Accessor resourceProfileId = new Accessor("resourceProfileId");
  private final Accessor taskMetrics = new Accessor("taskMetrics");
  private final Accessor accumulables = new Accessor("accumulables");
  private final Accessor value = new Accessor("value");
  private final Accessor metadata = new Accessor("metadata");
  private final Accessor rddInfos = new Accessor("rddInfos");
  private final Accessor id = new Accessor("id");
  private final Accessor storageLevel = new Accessor("storageLevel");
  private final Accessor description = new Accessor("description");
  private final Accessor useMemory = new Accessor("useMemory");
  private final Accessor useDisk = new Accessor("useDisk");
  private final Accessor useOffHeap = new Accessor("useOffHeap");
  private final Scala scala;
  private final EventTexts texts;
  private final TaskEnds taskEnds;

  StageEvents(Scala scala, EventTexts texts, TaskEnds taskEnds) {
    this.scala = scala;
    this.texts = texts;
    this.taskEnds = taskEnds;
  }

  EngineEvent submitted(Object event) {
    Object info = stageInfo.read(event);
    EngineEvent.Builder built =
        stage(EventKind.STAGE_SUBMITTED, info, scala.content(submissionTime.read(info)));
    String kept = persisted(rddInfos.read(info));
    return (kept.isEmpty() ? built : built.put(EventText.PERSISTED_RDDS, kept)).build();
  }

  EngineEvent completed(Object event) {
    Object info = stageInfo.read(event);
    Object submitted = scala.content(submissionTime.read(info));
    Object completed = scala.content(completionTime.read(info));
    Object failure = scala.content(failureReason.read(info));
    EngineEvent.Builder built =
        stage(EventKind.STAGE_COMPLETED, info, completed == null ? submitted : completed);
    if (submitted instanceof Number) {
      built.put(EventNumber.SUBMITTED_MILLIS, ((Number) submitted).longValue());
    }
    if (completed instanceof Number) {
      built.put(EventNumber.COMPLETED_MILLIS, ((Number) completed).longValue());
    }
    if (failure != null) {
      built.put(EventText.REASON, texts.line(failure.toString()));
    }
    taskEnds.sums(taskMetrics.read(info), built);
    String sql = sqlMetrics(accumulables.read(info));
    return (sql.isEmpty() ? built : built.put(EventText.ACCUMULATORS, sql)).build();
  }

  private EngineEvent.Builder stage(EventKind kind, @Nullable Object info, @Nullable Object at) {
    long moment = at instanceof Number ? ((Number) at).longValue() : System.currentTimeMillis();
    EngineEvent.Builder built =
        EngineEvent.builder(kind, moment)
            .put(EventNumber.STAGE_ID, stageId.number(info, -1))
            .put(EventNumber.STAGE_ATTEMPT, attemptNumber.number(info, 0))
            .put(EventNumber.TASK_COUNT, numTasks.number(info, 0))
            .put(EventText.STAGE_NAME, texts.line(name.text(info)))
            .put(EventText.PARENT_IDS, scala.joined(parentIds.read(info)));
    long profile = resourceProfileId.number(info, -1);
    return profile >= 0 ? built.put(EventNumber.RESOURCE_PROFILE, profile) : built;
  }

  private String sqlMetrics(@Nullable Object byId) {
    TreeMap<Long, Long> values = new TreeMap<>();
    for (Object pair : scala.elements(byId)) {
      Object accumulable = scala.second(pair);
      Object key = scala.first(pair);
      if (key instanceof Number && "sql".equals(scala.content(metadata.read(accumulable)))) {
        Object total = scala.content(value.read(accumulable));
        if (total instanceof Number) {
          values.put(((Number) key).longValue(), ((Number) total).longValue());
        }
      }
    }
    return Accumulators.encode(values);
  }

  private String persisted(@Nullable Object infos) {
    StringBuilder kept = new StringBuilder();
    int count = 0;
    for (Object rdd : scala.elements(infos)) {
      Object level = storageLevel.read(rdd);
      if (isKept(level) && count++ < MOST_RDDS) {
        kept.append(kept.length() == 0 ? "" : "\n")
            .append(id.number(rdd, -1))
            .append(' ')
            .append(description.text(level))
            .append(' ')
            .append(texts.within(name.text(rdd).replace('\n', ' '), 100));
      }
    }
    return kept.toString();
  }

  private boolean isKept(@Nullable Object level) {
    return Boolean.TRUE.equals(useMemory.read(level))
        || Boolean.TRUE.equals(useDisk.read(level))
        || Boolean.TRUE.equals(useOffHeap.read(level));
  }
}
