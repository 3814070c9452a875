// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import io.plimsoll.diagnosis.signal.Removal;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunCosts;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one run says for the scorecard: each part's metric as a fraction, so that a job's metric is
 * that of its runs together. Small: a history of many runs is kept as these.
 *
 * @param isWhole the run has its end
 * @param wallMillis of the run
 * @param executors executors, or in local mode the driver
 * @param driver the driver where it is not the only process, else zeros
 */
public record Measures(
    boolean isWhole,
    long wallMillis,
    CostLine executors,
    CostLine driver,
    Map<Part, Fraction> known,
    Map<Part, String> unknown) {
  private static final double MILLIS_PER_HOUR = 3_600_000;
  private static final double SECONDS_PER_HOUR = 3_600;
  private static final long STOPPING_MILLIS = 2_000;

  private static final String UNTOLD = "events of tasks are missing, or came without their metrics";

  private static final CostLine NOTHING = new CostLine(0, 0, 0, 0, 0, 0, 0);

  /** A metric's value: {@code part / whole}. */
  public record Fraction(double part, double whole) {
    double value() {
      return whole <= 0 ? 0 : Math.max(0, part / whole);
    }
  }

  public Measures {
    known = Map.copyOf(known);
    unknown = Map.copyOf(unknown);
  }

  /** What this run says, at these prices. */
  public static Measures of(RunProfile run, Prices prices) {
    return new Reader(run, prices).read();
  }

  /** Reads one run. */
  private static final class Reader {
    private final RunProfile run;
    private final Prices prices;
    private final Map<Part, Fraction> known = new EnumMap<>(Part.class);
    private final Map<Part, String> unknown = new EnumMap<>(Part.class);

    private Reader(RunProfile run, Prices prices) {
      this.run = run;
      this.prices = prices;
    }

    private Measures read() {
      RunCosts costs = RunCosts.of(run);
      List<ExecutorProfile> working = SlotTime.working(run);
      boolean isLocal = working.stream().anyMatch(each -> each.executorId().equals("driver"));
      long taskCpus = taskCpus();
      SlotTime time = SlotTime.of(run, working, taskCpus);
      RunCosts.Line drivers = driver(costs.driver());
      double taskMillis = isTaskTimeKnown() ? time.taskMillis() : -MILLIS_PER_HOUR;
      CostLine executors =
          isLocal
              ? line(drivers, time.heldMillis(), taskMillis, observed(Role.DRIVER))
              : line(
                  costs.executors(),
                  Math.max(time.heldMillis(), costs.executors().allocatedCoreMillis()),
                  taskMillis,
                  observed(Role.EXECUTOR));
      CostLine driver =
          isLocal
              ? NOTHING
              : line(drivers, drivers.allocatedCoreMillis(), 0, observed(Role.DRIVER));
      memory(executors);
      cores(time);
      tasks();
      failures();
      kills(working, isLocal);
      limit();
      return new Measures(
          run.endMillis() >= 0 && run.complete(),
          run.wallMillis(),
          executors,
          driver,
          known,
          unknown);
    }

    /** A driver that no agent watched lived as long as its run. */
    private RunCosts.Line driver(RunCosts.Line costs) {
      if (costs.allocatedCoreMillis() > 0 || observed(Role.DRIVER)) {
        return costs;
      }
      long container = container(Role.DRIVER);
      String cores = run.config().getOrDefault("spark.driver.cores", "1").strip();
      return new RunCosts.Line(
          container < 0 ? -1 : (container >> 20) * run.wallMillis(),
          (cores.matches("[1-9]\\d{0,3}") ? Long.parseLong(cores) : 1) * run.wallMillis(),
          0,
          0,
          0);
    }

    private boolean observed(Role role) {
      return run.processes(role).stream().anyMatch(each -> each.lastSampleMillis() > 0);
    }

    private CostLine line(
        RunCosts.Line costs, double coreMillis, double taskMillis, boolean isObserved) {
      double gib =
          costs.allocatedMebibyteMillis() < 0 ? -1 : costs.allocatedGiBSeconds() / SECONDS_PER_HOUR;
      double cores = coreMillis / MILLIS_PER_HOUR;
      return new CostLine(
          gib,
          cores,
          isObserved ? costs.usedRssGiBSeconds() / SECONDS_PER_HOUR : -1,
          isObserved && costs.usedLiveMebibyteMillis() >= 0
              ? costs.usedLiveGiBSeconds() / SECONDS_PER_HOUR
              : -1,
          isObserved ? costs.usedCpuSeconds() / SECONDS_PER_HOUR : -1,
          taskMillis / MILLIS_PER_HOUR,
          gib < 0 ? -1 : prices.of(gib, cores));
    }

    /** By the agents' own count, or by the engine's where it is whole. */
    private boolean isTaskTimeKnown() {
      return run.attempts().wallNanos() > 0 || RunFacts.isTaskTimeKnown(run);
    }

    private void memory(CostLine line) {
      if (line.allocatedGiBHours() <= 0) {
        String why = "the container size is not known (no configuration or no lifetime)";
        unknown.put(Part.MEMORY_NOT_RESIDENT, why);
        unknown.put(Part.MEMORY_RSS, why);
        unknown.put(Part.MEMORY_LIVE, why);
        return;
      }
      String agent = "needs the agent in the executors";
      if (line.usedRssGiBHours() < 0) {
        unknown.put(Part.MEMORY_NOT_RESIDENT, "no resident set was sampled: " + agent);
        unknown.put(Part.MEMORY_RSS, "no resident set was sampled: " + agent);
      } else {
        Fraction unused = unused(line.usedRssGiBHours(), line.allocatedGiBHours());
        known.put(Part.MEMORY_NOT_RESIDENT, unused);
        known.put(Part.MEMORY_RSS, unused);
      }
      if (line.usedLiveGiBHours() < 0) {
        unknown.put(Part.MEMORY_LIVE, "no collection of every process was seen: " + agent);
      } else {
        known.put(Part.MEMORY_LIVE, unused(line.usedLiveGiBHours(), line.allocatedGiBHours()));
      }
    }

    private static Fraction unused(double used, double allocated) {
      return new Fraction(Math.max(0, allocated - used), allocated);
    }

    private void cores(SlotTime time) {
      if (time.heldMillis() <= 0) {
        String why = "no executor with cores was seen for any time";
        unknown.put(Part.CORES_WITHOUT_TASK, why);
        unknown.put(Part.IDLE, why);
        unknown.put(Part.SKEW, why);
        unknown.put(Part.PARALLELISM, why);
        return;
      }
      if (!isTaskTimeKnown()) {
        unknown.put(Part.CORES_WITHOUT_TASK, UNTOLD);
        unknown.put(Part.IDLE, UNTOLD);
        unknown.put(Part.SKEW, UNTOLD);
        unknown.put(Part.PARALLELISM, UNTOLD);
        return;
      }
      double held = time.heldMillis();
      known.put(Part.CORES_WITHOUT_TASK, new Fraction(held - time.taskMillis(), held));
      known.put(Part.IDLE, new Fraction(time.idleMillis(), held));
      known.put(Part.SKEW, new Fraction(time.tailMillis(), held));
      known.put(Part.PARALLELISM, new Fraction(time.fewTasksMillis(), held));
    }

    private void tasks() {
      EngineSums sums = run.engineSums();
      boolean isTold = RunFacts.isTaskTimeKnown(run);
      String why = isTold ? "no task ran" : UNTOLD;
      if (!isTold || sums.tasks() == 0) {
        unknown.put(Part.CPU, why);
        unknown.put(Part.GC, why);
        unknown.put(Part.SPILL, why);
      } else {
        double runMillis = sums.runMillis();
        double offCpu = Math.max(0, runMillis - sums.cpuNanos() / 1e6);
        if (sums.cpuNanos() > 0) {
          known.put(Part.CPU, new Fraction(offCpu, runMillis));
        } else {
          unknown.put(Part.CPU, "the engine told no CPU time");
        }
        known.put(Part.GC, new Fraction(sums.gcMillis(), runMillis));
        double moved =
            (double) sums.inputBytes() + sums.shuffleReadBytes() + sums.shuffleWriteBytes();
        known.put(
            Part.SPILL,
            new Fraction(sums.diskSpillBytes(), Math.max(moved, sums.diskSpillBytes())));
      }
      if (!isTold || sums.tasks() == 0) {
        unknown.put(Part.RETRIES, why);
      } else {
        known.put(Part.RETRIES, new Fraction(sums.failedTasks(), sums.tasks()));
      }
    }

    private void failures() {
      long ended = run.jobs().stream().filter(job -> job.endMillis() >= 0).count();
      if (ended == 0) {
        unknown.put(Part.FAILURES, "no job ended");
      } else {
        long failed =
            run.jobs().stream().filter(job -> job.endMillis() >= 0 && !job.succeeded()).count();
        known.put(Part.FAILURES, new Fraction(failed, ended));
      }
      long stages = run.stages().stream().filter(StageProfile::isComplete).count();
      if (stages == 0) {
        unknown.put(Part.STAGE_RETRIES, "no stage was completed");
      } else {
        long again =
            run.stages().stream()
                .filter(StageProfile::isComplete)
                .filter(stage -> stage.failure() != null || stage.stageAttempt() > 0)
                .count();
        known.put(Part.STAGE_RETRIES, new Fraction(again, stages));
      }
    }

    private void kills(List<ExecutorProfile> working, boolean isLocal) {
      if (isLocal || working.isEmpty()) {
        unknown.put(
            Part.KILLS,
            isLocal ? "in local mode there is no executor to lose" : "no executor was told");
        return;
      }
      known.put(
          Part.KILLS, new Fraction(working.stream().filter(this::isLost).count(), working.size()));
    }

    private boolean isLost(ExecutorProfile executor) {
      if (executor.removedMillis() < 0
          || (run.endMillis() >= 0
              && executor.removedMillis() > run.endMillis() - STOPPING_MILLIS)) {
        return false;
      }
      return !Removal.isDeliberate(executor);
    }

    private void limit() {
      double worst = -1;
      for (ProcessProfile process : run.processes()) {
        GaugeProfile rss = process.gauge(Metric.RSS);
        GaugeProfile peak = process.gauge(Metric.RSS_PEAK);
        long bytes = Math.max(rss == null ? 0 : rss.max(), peak == null ? 0 : peak.max());
        long container = container(process.role());
        if (bytes > 0 && container > 0) {
          worst = Math.max(worst, (double) bytes / container);
        }
      }
      if (worst < 0) {
        unknown.put(Part.LIMIT, "no resident set was sampled: needs the agent in the executors");
      } else {
        known.put(Part.LIMIT, new Fraction(worst, 1));
      }
    }

    private long container(Role role) {
      if (run.config().isEmpty()) {
        return -1;
      }
      try {
        return switch (role) {
          case DRIVER -> ContainerSize.driver(run.config()).totalBytes();
          case EXECUTOR -> ContainerSize.executor(run.config()).totalBytes();
          default -> -1;
        };
      } catch (IllegalArgumentException unreadable) {
        // A size that Spark itself would refuse: there is no limit to be near to.
        return -1;
      }
    }

    private long taskCpus() {
      String text = run.config().getOrDefault("spark.task.cpus", "1").strip();
      return text.matches("[1-9]\\d{0,3}") ? Long.parseLong(text) : 1;
    }
  }
}
