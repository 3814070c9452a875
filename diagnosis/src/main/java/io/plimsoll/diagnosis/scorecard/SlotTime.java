// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Where the executors' core time went, in core·ms: the four parts and the time in tasks add up to
 * what was held.
 *
 * @param heldMillis cores × lifetime
 * @param taskMillis in task attempts
 * @param idleMillis no stage ran, or between tasks
 * @param fewTasksMillis the running stages had fewer tasks than slots
 * @param tailMillis waiting for a stage's last tasks
 */
record SlotTime(
    double heldMillis,
    double taskMillis,
    double idleMillis,
    double fewTasksMillis,
    double tailMillis) {
  private static final int LEAST_TASKS = 3;

  /** Cores and waiting tasks from one moment to the next. */
  private static final class Change {
    private long cores;
    private long tasks;
    private long stages;
  }

  /**
   * @param executors whose cores are counted
   * @param taskCpus cores that a task takes
   */
  static SlotTime of(RunProfile run, List<ExecutorProfile> executors, long taskCpus) {
    long runEnd = run.startMillis() + run.wallMillis();
    TreeMap<Long, Change> changes = new TreeMap<>();
    double held = 0;
    for (ExecutorProfile executor : executors) {
      long end = executor.removedMillis() < 0 ? runEnd : executor.removedMillis();
      if (end > executor.addedMillis()) {
        change(changes, executor.addedMillis()).cores += executor.cores();
        change(changes, end).cores -= executor.cores();
        held += (double) executor.cores() * (end - executor.addedMillis());
      }
    }
    long slots = most(changes) / taskCpus;
    double tails = 0;
    for (StageProfile stage : run.stages()) {
      long end = stage.isComplete() ? stage.completedMillis() : runEnd;
      if (stage.submittedMillis() >= 0 && end > stage.submittedMillis()) {
        long tasks = Math.max(stage.taskCount(), stage.engine().tasks() > 0 ? 1 : 0) * taskCpus;
        Change from = change(changes, stage.submittedMillis());
        from.tasks += tasks;
        from.stages++;
        Change to = change(changes, end);
        to.tasks -= tasks;
        to.stages--;
      }
      tails += tail(stage, slots) * taskCpus;
    }
    double[] idle = idle(changes);
    double tasks = Math.min(held, (double) taskMillis(run) * taskCpus);
    double unused = held - tasks;
    double few = Math.min(idle[1], unused);
    double waited = Math.min(tails, Math.max(0, unused - few - Math.min(idle[0], unused - few)));
    return new SlotTime(held, tasks, unused - few - waited, few, waited);
  }

  /** Σ time of task attempts: the larger of the agent's and the engine's count. */
  static long taskMillis(RunProfile run) {
    return Math.max(run.attempts().wallNanos() / 1_000_000, run.engineSums().runMillis());
  }

  /** Core·ms in which no stage ran, and core·ms without a task while some did. */
  private static double[] idle(TreeMap<Long, Change> changes) {
    double without = 0;
    double few = 0;
    long cores = 0;
    long tasks = 0;
    long stages = 0;
    long last = 0;
    for (var entry : changes.entrySet()) {
      double span = entry.getKey() - last;
      if (stages <= 0) {
        without += span * cores;
      } else {
        few += span * Math.max(0, cores - tasks);
      }
      cores += entry.getValue().cores;
      tasks += entry.getValue().tasks;
      stages += entry.getValue().stages;
      last = entry.getKey();
    }
    return new double[] {without, few};
  }

  /** The most cores that were there at once. */
  private static long most(TreeMap<Long, Change> changes) {
    long cores = 0;
    long most = 0;
    for (Change change : changes.values()) {
      cores += change.cores;
      most = Math.max(most, cores);
    }
    return most;
  }

  /** At most: every other slot of the stage's last wave waits from the median to the longest. */
  private static double tail(StageProfile stage, long slots) {
    Distribution time =
        stage.attemptWallMillis().count() > 0 ? stage.attemptWallMillis() : stage.taskRunMillis();
    if (time.count() < LEAST_TASKS) {
      return 0;
    }
    long waiting = Math.max(0, Math.min(time.count(), slots) - 1);
    return (double) Math.max(0, time.max() - time.median()) * waiting;
  }

  private static Change change(TreeMap<Long, Change> changes, long at) {
    return changes.computeIfAbsent(at, any -> new Change());
  }

  /** The executors whose cores tasks ran on: the driver's own only where there is no other. */
  static List<ExecutorProfile> working(RunProfile run) {
    List<ExecutorProfile> others =
        run.executors().stream().filter(each -> !each.executorId().equals("driver")).toList();
    return (others.isEmpty() ? run.executors() : others)
        .stream().sorted(Comparator.comparingLong(ExecutorProfile::addedMillis)).toList();
  }
}
