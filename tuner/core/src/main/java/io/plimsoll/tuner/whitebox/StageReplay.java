// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Predicts a run's wall time with another number of task slots from the task times of one run.
 *
 * <p>Stages that overlapped in time share the slots and form one group; its tasks are
 * list-scheduled onto the observed and onto the asked number of slots, and the group's observed
 * span is scaled by the ratio, so that what the model leaves out (task launch, waiting) scales
 * along. Time outside all groups is the driver's and stays. Graham's bounds of list scheduling
 * (1969) enclose the prediction: max(work/slots, longest task) and work/slots + (1 -
 * 1/slots)·longest task, the latter no more than the longest task where every task has a slot of
 * its own.
 */
public final class StageReplay {
  /** More tasks of a stage than this are represented by as many quantiles. */
  private static final int MOST_TASKS = 1_000;

  /** Successive tasks take quantiles far apart: the golden section visits them evenly. */
  private static final double GOLDEN = 0.6180339887498949;

  /**
   * A predicted wall time in milliseconds.
   *
   * @param lowMillis by Graham's lower bound
   * @param expectedMillis by the schedule
   * @param highMillis by Graham's upper bound
   */
  public record Prediction(long lowMillis, long expectedMillis, long highMillis) {}

  /** Stages that ran side by side. */
  private record Group(long spanMillis, double[] tasks, double work, double longest) {
    double schedule(int slots) {
      PriorityQueue<Double> free = new PriorityQueue<>();
      for (int i = 0; i < slots; i++) {
        free.add(0.0);
      }
      double end = 0;
      for (double task : tasks) {
        Double start = free.poll();
        double finish = (start == null ? 0 : start) + task;
        free.add(finish);
        end = Math.max(end, finish);
      }
      return end;
    }

    double low(int slots) {
      return Math.max(work / slots, longest);
    }

    double high(int slots) {
      return tasks.length <= slots ? longest : work / slots + (1 - 1.0 / slots) * longest;
    }
  }

  private final long wallMillis;
  private final int observedSlots;
  private final List<Group> groups;

  private StageReplay(long wallMillis, int observedSlots, List<Group> groups) {
    this.wallMillis = wallMillis;
    this.observedSlots = observedSlots;
    this.groups = groups;
  }

  /**
   * The replay of this run; stages without times or tasks count as driver time.
   *
   * @param observedSlots that the run had, at least 1
   */
  public static StageReplay of(RunProfile run, int observedSlots) {
    if (observedSlots < 1) {
      throw new IllegalArgumentException("a run on " + observedSlots + " slots");
    }
    List<StageProfile> timed =
        run.stages().stream()
            .filter(stage -> stage.submittedMillis() >= 0 && stage.isComplete())
            .filter(stage -> stage.completedMillis() > stage.submittedMillis())
            .filter(stage -> times(stage).sum() > 0)
            .sorted(Comparator.comparingLong(StageProfile::submittedMillis))
            .toList();
    List<Group> groups = new ArrayList<>();
    List<StageProfile> open = new ArrayList<>();
    long end = 0;
    for (StageProfile stage : timed) {
      if (!open.isEmpty() && stage.submittedMillis() >= end) {
        groups.add(group(open, end));
        open.clear();
      }
      end = open.isEmpty() ? stage.completedMillis() : Math.max(end, stage.completedMillis());
      open.add(stage);
    }
    if (!open.isEmpty()) {
      groups.add(group(open, end));
    }
    return new StageReplay(run.wallMillis(), observedSlots, groups);
  }

  /** Whether any stage could be replayed. */
  public boolean hasStages() {
    return !groups.isEmpty();
  }

  /** The observed time in which stages ran. */
  public long stageMillis() {
    return groups.stream().mapToLong(Group::spanMillis).sum();
  }

  /**
   * How far the schedule on the observed slots is from what was observed, over all stages: 1 when
   * equal, 0.8 when the stages took a quarter longer than their tasks explain.
   */
  public double calibration() {
    double model = groups.stream().mapToDouble(group -> group.schedule(observedSlots)).sum();
    return stageMillis() == 0 ? 0 : model / stageMillis();
  }

  /** The wall time on this many slots, at least 1. */
  public Prediction predict(int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("a prediction for " + slots + " slots");
    }
    double outside = Math.max(0, wallMillis - stageMillis());
    double low = outside;
    double expected = outside;
    double high = outside;
    for (Group group : groups) {
      double scale = group.spanMillis() / group.schedule(observedSlots);
      double scheduled = group.schedule(slots);
      expected += scale * scheduled;
      low += scale * Math.min(scheduled, group.low(slots));
      high += scale * Math.max(scheduled, group.high(slots));
    }
    return new Prediction(Math.round(low), Math.round(expected), Math.round(high));
  }

  private static Group group(List<StageProfile> stages, long end) {
    long start = stages.get(0).submittedMillis();
    double[] tasks = new double[0];
    for (StageProfile stage : stages) {
      double[] more = tasks(times(stage));
      int before = tasks.length;
      tasks = Arrays.copyOf(tasks, before + more.length);
      System.arraycopy(more, 0, tasks, before, more.length);
    }
    return new Group(
        end - start, tasks, Arrays.stream(tasks).sum(), Arrays.stream(tasks).max().orElse(0));
  }

  /** Task times with the distribution's quantiles and its exact sum. */
  private static double[] tasks(Distribution times) {
    int count = (int) Math.min(times.count(), MOST_TASKS);
    double[] tasks = new double[count];
    double position = 0.5 / count;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      tasks[i] = Math.max(1e-3, times.quantile(quantile(position, count)));
      sum += tasks[i];
      position = (position + GOLDEN) % 1;
    }
    for (int i = 0; i < count; i++) {
      tasks[i] *= times.sum() / sum;
    }
    return tasks;
  }

  /** The middle of the position's step, with the first and last step at the extremes. */
  private static double quantile(double position, int count) {
    long step = Math.min(count - 1, (long) (position * count));
    return count == 1 ? 0.5 : (double) step / (count - 1);
  }

  private static Distribution times(StageProfile stage) {
    return stage.attemptWallMillis().count() > 0
        ? stage.attemptWallMillis()
        : stage.taskRunMillis();
  }
}
