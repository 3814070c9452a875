// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import org.jspecify.annotations.Nullable;

/** Reads what becomes of executors, nodes, block managers, resource profiles and cached data. */
final class ClusterEvents {
  private final Accessor time = new Accessor("time");
  private final Accessor executorId = new Accessor("executorId");
  private final Accessor executorInfo;
  private final Accessor executorHost = new Accessor("executorHost");
  private final Accessor totalCores = new Accessor("totalCores");
  private final Accessor profileOfExecutor;
  private final Accessor reason = new Accessor("reason");
  private final Accessor stageId = new Accessor("stageId");
  private final Accessor stageAttemptId = new Accessor("stageAttemptId");
  private final Accessor hostId = new Accessor("hostId");
  private final Accessor taskFailures = new Accessor("taskFailures");
  private final Accessor executorFailures = new Accessor("executorFailures");
  private final Accessor blockManagerId = new Accessor("blockManagerId");
  private final Accessor host = new Accessor("host");
  private final Accessor maxMem;
  private final Accessor maxOnHeapMem;
  private final Accessor maxOffHeapMem;
  private final Accessor rddId = new Accessor("rddId");
  private final Accessor partitionId = new Accessor("partitionId");
  private final Accessor resourceProfile;
  private final Accessor id = new Accessor("id");
  private final Accessor executorResources;
  private final Accessor taskResources;
  private final Accessor amount = new Accessor("amount");
  private final Scala scala;
  private final EventTexts texts;
  private final boolean saysExcluded;

  ClusterEvents(Scala scala, EventTexts texts, MissingMembers missing, boolean saysExcluded) {
    this.scala = scala;
    this.texts = texts;
    this.saysExcluded = saysExcluded;
    executorInfo = new Accessor("executorInfo", missing);
    profileOfExecutor = new Accessor("resourceProfileId", missing);
    maxMem = new Accessor("maxMem", missing);
    maxOnHeapMem = new Accessor("maxOnHeapMem", missing);
    maxOffHeapMem = new Accessor("maxOffHeapMem", missing);
    resourceProfile = new Accessor("resourceProfile", missing);
    executorResources = new Accessor("executorResources", missing);
    taskResources = new Accessor("taskResources", missing);
  }

  /** The event, or null for a callback that is of something else. */
  @Nullable EngineEvent of(String callback, Object event) {
    switch (callback) {
      case "onExecutorAdded":
        return executorAdded(event);
      case "onExecutorRemoved":
        return built(EventKind.EXECUTOR_REMOVED, event)
            .put(EventText.EXECUTOR_ID, executorId.text(event))
            .put(EventText.REASON, texts.line(reason.text(event)))
            .build();
      case "onBlockManagerAdded":
        return blockManagerAdded(event);
      case "onBlockManagerRemoved":
        return blockManager(EventKind.BLOCK_MANAGER_REMOVED, event).build();
      case "onUnpersistRDD":
        return built(EventKind.RDD_UNPERSISTED, event)
            .put(EventNumber.RDD_ID, rddId.number(event, -1))
            .build();
      case "onResourceProfileAdded":
        return resourceProfile(event);
      case "onSpeculativeTaskSubmitted":
        return speculative(event);
      default:
        return excluded(callback, event);
    }
  }

  private EngineEvent executorAdded(Object event) {
    Object info = executorInfo.read(event);
    EngineEvent.Builder built =
        built(EventKind.EXECUTOR_ADDED, event)
            .put(EventNumber.CORES, totalCores.number(info, 0))
            .put(EventText.EXECUTOR_ID, executorId.text(event))
            .put(EventText.HOST, executorHost.text(info));
    long profile = profileOfExecutor.number(info, -1);
    return (profile >= 0 ? built.put(EventNumber.RESOURCE_PROFILE, profile) : built).build();
  }

  private EngineEvent.Builder blockManager(EventKind kind, Object event) {
    Object place = blockManagerId.read(event);
    return built(kind, event)
        .put(EventText.EXECUTOR_ID, executorId.text(place))
        .put(EventText.HOST, host.text(place));
  }

  private EngineEvent blockManagerAdded(Object event) {
    EngineEvent.Builder built = blockManager(EventKind.BLOCK_MANAGER_ADDED, event);
    Object all = maxMem.read(event);
    put(built, EventNumber.STORAGE_CAPACITY_BYTES, all);
    put(built, EventNumber.STORAGE_ON_HEAP_CAPACITY_BYTES, scala.content(maxOnHeapMem.read(event)));
    put(
        built,
        EventNumber.STORAGE_OFF_HEAP_CAPACITY_BYTES,
        scala.content(maxOffHeapMem.read(event)));
    return built.build();
  }

  private EngineEvent resourceProfile(Object event) {
    Object profile = resourceProfile.read(event);
    EngineEvent.Builder built =
        built(EventKind.RESOURCE_PROFILE_ADDED, event)
            .put(EventNumber.RESOURCE_PROFILE, id.number(profile, -1));
    amounts("executor.", executorResources.read(profile), built);
    amounts("task.", taskResources.read(profile), built);
    return built.build();
  }

  private void amounts(String prefix, @Nullable Object requests, EngineEvent.Builder into) {
    for (Object pair : scala.elements(requests)) {
      String name = prefix + scala.first(pair);
      Object request = scala.second(pair);
      into.property(name, texts.value(name, amount.text(request)));
    }
  }

  private EngineEvent speculative(Object event) {
    EngineEvent.Builder built =
        built(EventKind.SPECULATIVE_TASK_SUBMITTED, event)
            .put(EventNumber.STAGE_ID, stageId.number(event, -1))
            .put(EventNumber.STAGE_ATTEMPT, stageAttemptId.number(event, 0));
    long partition = partitionId.number(event, -1);
    return (partition >= 0 ? built.put(EventNumber.PARTITION, partition) : built).build();
  }

  /** Since 3.1 Spark posts both words for the same; the older is then passed over. */
  private @Nullable EngineEvent excluded(String callback, Object event) {
    boolean older = callback.contains("lacklisted");
    if (older == saysExcluded) {
      return null;
    }
    switch (callback.replace("blacklisted", "excluded").replace("Blacklisted", "Excluded")) {
      case "onExecutorExcluded":
      case "onExecutorExcludedForStage":
        return excluded(
            built(EventKind.EXECUTOR_EXCLUDED, event)
                .put(EventText.EXECUTOR_ID, executorId.text(event)),
            taskFailures,
            event);
      case "onNodeExcluded":
      case "onNodeExcludedForStage":
        return excluded(
            built(EventKind.NODE_EXCLUDED, event).put(EventText.HOST, hostId.text(event)),
            executorFailures,
            event);
      case "onExecutorUnexcluded":
        return built(EventKind.EXECUTOR_UNEXCLUDED, event)
            .put(EventText.EXECUTOR_ID, executorId.text(event))
            .build();
      case "onNodeUnexcluded":
        return built(EventKind.NODE_UNEXCLUDED, event)
            .put(EventText.HOST, hostId.text(event))
            .build();
      default:
        return null;
    }
  }

  private EngineEvent excluded(EngineEvent.Builder built, Accessor failures, Object event) {
    put(built, EventNumber.FAILURE_COUNT, failures.read(event));
    put(built, EventNumber.STAGE_ID, stageId.read(event));
    put(built, EventNumber.STAGE_ATTEMPT, stageAttemptId.read(event));
    return built.build();
  }

  private static void put(EngineEvent.Builder built, EventNumber field, @Nullable Object value) {
    if (value instanceof Number) {
      built.put(field, ((Number) value).longValue());
    }
  }

  private EngineEvent.Builder built(EventKind kind, Object event) {
    return EngineEvent.builder(kind, time.number(event, System.currentTimeMillis()));
  }
}
