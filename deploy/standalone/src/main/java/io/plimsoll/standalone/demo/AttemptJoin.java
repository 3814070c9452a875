// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.AttemptArchive.ArchivedAttempt;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Our attempts beside Spark's own event log, joined by (stage, stage attempt, task id), with every
 * difference put into a class.
 *
 * @param logged task-ended events of the log
 * @param seen attempts of the agent
 * @param joined in both
 * @param cpuBelow joined attempts whose agent CPU is below Spark's own executorCpuTime, which would
 *     be an error of ours
 * @param cpuRatio Σ agent CPU over Σ Spark's executor and deserialisation CPU, of joined attempts
 * @param differences class to number of attempts; empty when there are none
 */
public record AttemptJoin(
    long logged,
    long seen,
    long joined,
    long cpuBelow,
    double cpuRatio,
    Map<String, Long> differences) {
  /** The clock that Spark reads has this step; a shortfall below it is no shortfall. */
  private static final long CLOCK_STEP_NANOS = 2_000;

  private record Key(long stage, long stageAttempt, long task) {}

  /** Joins the two. */
  public static AttemptJoin of(
      List<EngineEvent> log, List<ArchivedAttempt> attempts, RunProfile run) {
    Map<Key, AttemptRecord> ours = new HashMap<>();
    Map<String, Long> differences = new TreeMap<>();
    for (ArchivedAttempt archived : attempts) {
      AttemptRecord attempt = archived.attempt();
      Key key = new Key(attempt.stageId(), attempt.stageAttempt(), attempt.taskId());
      if (ours.put(key, attempt) != null) {
        differences.merge("agent: the same attempt twice", 1L, Long::sum);
      }
    }
    Set<String> lost = new HashSet<>();
    run.executors().stream()
        .filter(executor -> executor.removedReason() != null)
        .forEach(executor -> lost.add(executor.executorId()));
    Tally tally = new Tally(differences, lost, run.coverage().isComplete());
    Set<Key> logged = new HashSet<>();
    for (EngineEvent task : log) {
      Key key =
          new Key(
              task.number(EventNumber.STAGE_ID, -1),
              task.number(EventNumber.STAGE_ATTEMPT, -1),
              task.number(EventNumber.TASK_ID, -1));
      logged.add(key);
      AttemptRecord attempt = ours.get(key);
      if (attempt == null) {
        tally.missing(task);
      } else {
        tally.joined(task, attempt);
      }
    }
    ours.forEach(
        (key, attempt) -> {
          if (!logged.contains(key)) {
            differences.merge("agent only: " + attempt.outcome(), 1L, Long::sum);
          }
        });
    return new AttemptJoin(
        log.size(),
        attempts.size(),
        tally.joined,
        tally.cpuBelow,
        tally.sparkCpu == 0 ? Double.NaN : (double) tally.agentCpu / tally.sparkCpu,
        Map.copyOf(differences));
  }

  private static final class Tally {
    private final Map<String, Long> differences;
    private final Set<String> lostExecutors;
    private final boolean coverageComplete;
    private long joined;
    private long cpuBelow;
    private long agentCpu;
    private long sparkCpu;

    Tally(Map<String, Long> differences, Set<String> lostExecutors, boolean coverageComplete) {
      this.differences = differences;
      this.lostExecutors = lostExecutors;
      this.coverageComplete = coverageComplete;
    }

    void missing(EngineEvent task) {
      String executor = task.text(EventText.EXECUTOR_ID);
      String why;
      if (task.number(EventNumber.RUN_TIME_MILLIS, 0) == 0
          && !AttemptOutcome.SUCCEEDED.name().equals(task.text(EventText.OUTCOME))) {
        why = "log only: never ran on a thread";
      } else if (executor != null && lostExecutors.contains(executor)) {
        why = "log only: its executor was lost before the record was sent";
      } else if (!coverageComplete) {
        why = "log only: the agent or the way lost records, and said so";
      } else {
        why = "log only: unexplained";
      }
      differences.merge(why, 1L, Long::sum);
    }

    void joined(EngineEvent task, AttemptRecord attempt) {
      joined++;
      long executorCpu = task.number(EventNumber.CPU_TIME_NANOS, 0);
      agentCpu += attempt.cpuNanos();
      sparkCpu += executorCpu + task.number(EventNumber.DESERIALIZE_CPU_NANOS, 0);
      if (attempt.cpuNanos() + CLOCK_STEP_NANOS < executorCpu) {
        cpuBelow++;
      }
      String outcome = task.text(EventText.OUTCOME);
      if (!attempt.outcome().name().equals(outcome)) {
        differences.merge(
            "outcome: log " + outcome + ", agent " + attempt.outcome(), 1L, Long::sum);
      }
    }
  }
}
