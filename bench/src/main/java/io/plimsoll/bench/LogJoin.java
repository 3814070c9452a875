// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.wire.AttemptKind;
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
 * The agent's attempts beside the task-ended events of Spark's own log, joined by stage, stage
 * attempt and task id; every difference stands in a class.
 *
 * @param logged task-ended events of the log
 * @param whole attempts that the agent told from end to end
 * @param joined in both
 * @param cpuBelow joined attempts whose agent CPU is below Spark's executorCpuTime, clock step
 *     aside
 * @param cpuRatio agent's CPU over Spark's executor and deserialisation CPU, of joined successes
 * @param outcomes attempts of the log by outcome
 * @param differences class to number of attempts
 * @param unexplained how many of them have no known reason
 */
record LogJoin(
    long logged,
    long whole,
    long joined,
    long cpuBelow,
    double cpuRatio,
    Map<String, Long> outcomes,
    Map<String, Long> differences,
    long unexplained) {
  /** The clock that Spark reads has this step. */
  private static final long CLOCK_STEP_NANOS = 2_000;

  private record Key(long stage, long stageAttempt, long task) {
    static Key of(AttemptRecord attempt) {
      return new Key(attempt.stageId(), attempt.stageAttempt(), attempt.taskId());
    }

    static Key of(EngineEvent task) {
      return new Key(
          task.number(EventNumber.STAGE_ID, -1),
          task.number(EventNumber.STAGE_ATTEMPT, -1),
          task.number(EventNumber.TASK_ID, -1));
    }
  }

  /**
   * Joins the two.
   *
   * @param lostExecutors executors that were ended from outside
   * @param admitted records that the agents say they lost
   */
  static LogJoin of(
      List<EngineEvent> log,
      List<AttemptRecord> attempts,
      Set<String> lostExecutors,
      long admitted) {
    Tally tally = new Tally(lostExecutors, admitted);
    for (AttemptRecord attempt : attempts) {
      tally.told(attempt);
    }
    log.forEach(tally::logged);
    tally.agentOnly();
    return new LogJoin(
        log.size(),
        tally.whole.size(),
        tally.joined,
        tally.cpuBelow,
        tally.sparkCpu == 0 ? Double.NaN : (double) tally.agentCpu / tally.sparkCpu,
        tally.outcomes,
        tally.differences,
        tally.unexplained);
  }

  private static final class Tally {
    private final Set<String> lostExecutors;
    private final long admitted;
    private final Map<Key, AttemptRecord> whole = new HashMap<>();
    private final Map<Key, AttemptRecord> progress = new HashMap<>();
    private final Set<Key> seen = new HashSet<>();
    private final Map<String, Long> differences = new TreeMap<>();
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long joined;
    private long cpuBelow;
    private long agentCpu;
    private long sparkCpu;
    private long unexplained;

    Tally(Set<String> lostExecutors, long admitted) {
      this.lostExecutors = lostExecutors;
      this.admitted = admitted;
    }

    void told(AttemptRecord attempt) {
      Key key = Key.of(attempt);
      if (attempt.kind() == AttemptKind.WHOLE && whole.put(key, attempt) != null) {
        unexplained("agent: the same attempt twice");
      } else if (attempt.kind() == AttemptKind.PROGRESS) {
        progress.merge(
            key, attempt, (one, other) -> one.wallNanos() >= other.wallNanos() ? one : other);
      } else if (attempt.kind() == AttemptKind.SUM) {
        differences.merge("agent: told in sums of a stage", (long) attempt.count(), Long::sum);
      }
    }

    void logged(EngineEvent task) {
      Key key = Key.of(task);
      seen.add(key);
      outcomes.merge(String.valueOf(task.text(EventText.OUTCOME)), 1L, Long::sum);
      AttemptRecord attempt = whole.get(key);
      if (attempt == null) {
        missing(task, progress.get(key));
      } else {
        joined(task, attempt);
      }
    }

    void agentOnly() {
      whole.forEach(
          (key, attempt) -> {
            if (!seen.contains(key)) {
              unexplained("agent only: " + attempt.outcome());
            }
          });
      long running = progress.keySet().stream().filter(key -> !whole.containsKey(key)).count();
      differences.merge(
          "agent: running when their process ended, told up to then", running, Long::sum);
    }

    private void missing(EngineEvent task, @org.jspecify.annotations.Nullable AttemptRecord upTo) {
      String executor = task.text(EventText.EXECUTOR_ID);
      if (executor != null && lostExecutors.contains(executor)) {
        differences.merge(
            "log only: its executor was ended before the record was sent; "
                + (upTo == null ? "nothing was told of it" : "seen while it ran"),
            1L,
            Long::sum);
      } else if (task.number(EventNumber.RUN_TIME_MILLIS, 0) == 0
          && !AttemptOutcome.SUCCEEDED.name().equals(task.text(EventText.OUTCOME))) {
        differences.merge("log only: never ran on a thread", 1L, Long::sum);
      } else if (admitted > 0) {
        differences.merge("log only: the agents said that they lost records", 1L, Long::sum);
      } else {
        unexplained("log only: unexplained, " + task.text(EventText.OUTCOME));
      }
    }

    private void joined(EngineEvent task, AttemptRecord attempt) {
      joined++;
      long executorCpu = task.number(EventNumber.CPU_TIME_NANOS, 0);
      if (attempt.cpuNanos() + CLOCK_STEP_NANOS < executorCpu) {
        cpuBelow++;
      }
      if (attempt.outcome() == AttemptOutcome.SUCCEEDED) {
        agentCpu += attempt.cpuNanos();
        sparkCpu += executorCpu + task.number(EventNumber.DESERIALIZE_CPU_NANOS, 0);
      }
      String outcome = task.text(EventText.OUTCOME);
      if (!attempt.outcome().name().equals(outcome)) {
        differences.merge(
            "outcome: log " + outcome + ", agent " + attempt.outcome(), 1L, Long::sum);
      }
    }

    private void unexplained(String what) {
      unexplained++;
      differences.merge(what, 1L, Long::sum);
    }
  }
}
