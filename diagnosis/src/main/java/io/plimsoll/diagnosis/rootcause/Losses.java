// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.RunFacts;
import io.plimsoll.diagnosis.signal.Spans;
import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.ExecutorShare;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much of a run's wall time a problem took, in milliseconds: an estimate that is the same for
 * all problems, so that they can be compared. 0 where the problem takes no time by itself, or
 * nobody can say.
 */
final class Losses {
  private static final double MIB = 1 << 20;

  /** What a core spills, and reads back, in a millisecond: 100 MiB/s. */
  private static final double SPILLED_PER_MILLI = 100 * MIB / 1e3;

  /** What a core serialises, shuffles, fetches and sorts in a millisecond: 25 MiB/s. */
  private static final double SHUFFLED_PER_MILLI = 25 * MIB / 1e3;

  /** What one thread of the driver takes in a millisecond: 50 MiB/s. */
  private static final double COLLECTED_PER_MILLI = 50 * MIB / 1e3;

  /** What opening a file costs beside reading it. */
  private static final double OPEN_MILLIS = 20;

  /** What a task costs beside its work even where nothing is seen of it. */
  private static final double TASK_MILLIS = 10;

  /** As long as this a context may take to start, and to stop. */
  private static final long START_MILLIS = 20_000;

  private static final long STOP_MILLIS = 5_000;

  /** As long as this the first stage may take to load classes and start executors. */
  private static final long WARM_UP_MILLIS = 3_000;

  /** A join that makes too many rows takes nearly all of its stage. */
  private static final double OF_ITS_STAGE = 0.9;

  private static final double OF_ITS_QUERY = 0.6;

  /** The share of the tasks' time that collections take in a run that is well. */
  private static final double USUAL_COLLECTING = 0.05;

  /** The share of the tasks' time that waits for disks and the network take in any run. */
  private static final double USUAL_WAITING = 0.3;

  /** Less time between jobs is planning. */
  private static final double PLANNING_MILLIS = 5_000;

  private static final double PLANNING_SHARE = 0.2;

  private static final Set<String> SHELLS = Set.of("Spark shell", "PySparkShell", "SparkR");

  private final RunProfile run;
  private final RunMap map;
  private final double wall;
  private final double taskCpus;
  private final double localCores;
  private final long firstSubmitted;

  Losses(RunProfile run, RunMap map) {
    this.run = run;
    this.map = map;
    this.wall = run.wallMillis();
    this.taskCpus = wholeNumber(run.config().getOrDefault("spark.task.cpus", ""), 1);
    this.firstSubmitted =
        run.stages().stream()
            .mapToLong(StageProfile::submittedMillis)
            .filter(millis -> millis >= 0)
            .min()
            .orElse(-1);
    RunFacts facts = RunFacts.of(run);
    this.localCores = facts.isLocal() ? localCores(run) : facts.slots();
  }

  private static double localCores(RunProfile run) {
    int told = run.executors().stream().mapToInt(ExecutorProfile::cores).max().orElse(0);
    String master = run.config().getOrDefault("spark.master", "");
    return told > 0 ? told : wholeNumber(master.replaceAll("[^0-9].*|local\\[", ""), 1);
  }

  private static double wholeNumber(String text, int otherwise) {
    String digits = text.strip();
    return digits.matches("[1-9]\\d{0,5}") ? Integer.parseInt(digits) : otherwise;
  }

  /** In milliseconds, at most the run's own length. */
  double millis(Problem problem, Place place, List<Finding> findings) {
    double lost = Math.max(byItsKind(problem, place, findings), byTrouble(problem, findings));
    return Double.isFinite(lost) ? Math.max(0, Math.min(wall, lost)) : 0;
  }

  /** Trouble that is no matter of time counts by how severe it is. */
  private double byTrouble(Problem problem, List<Finding> findings) {
    return switch (problem) {
      case RUN_FAILED -> new FailureWords(run).isOnlyEnded() ? 0 : wall;
      case PART_FAILED,
          TASKS_FAIL,
          DONE_AGAIN,
          OUT_OF_MEMORY,
          KILLED_FOR_MEMORY,
          EXECUTORS_LOST,
          BLOCKS_LOST,
          EXECUTOR_FAILS,
          SLOWER,
          RESTARTS,
          BACK_PRESSURE,
          BUSY_OPERATOR,
          KEY_SKEW,
          SLOW_SUBTASK,
          STATE_STORE,
          STATE_GROWTH,
          SOURCE_SILENT,
          WATERMARK,
          CHECKPOINTS,
          SLOW_RESTORE,
          FLINK_MEMORY,
          FLINK_OUT_OF_MEMORY,
          CONNECTION ->
          wall * share(worst(findings));
      // So near to its memory that the next day's data may not fit: unsteady, not slow.
      case LARGE_PARTITIONS -> wall * share(worst(findings));
      case OUTSIDE_HEAP -> worst(findings) == Severity.CRITICAL ? wall * 0.1 : 0;
      default -> 0;
    };
  }

  static Severity worst(List<Finding> findings) {
    return findings.stream()
        .map(Finding::severity)
        .max(Comparator.naturalOrder())
        .orElse(Severity.NONE);
  }

  private static double share(Severity severity) {
    return switch (severity) {
      case NONE -> 0;
      case LOW -> 0.03;
      case MODERATE -> 0.08;
      case SEVERE -> 0.2;
      case CRITICAL -> 0.4;
    };
  }

  private double byItsKind(Problem problem, Place place, List<Finding> findings) {
    return switch (problem) {
      case SKEW -> most(place, this::skewed);
      case TAIL, SLOW_READER -> most(place, this::tail);
      case LOW_PARALLELISM, SINGLE_TASK -> most(place, this::uneven);
      case TINY_TASKS -> most(place, this::starting);
      case SPILL -> most(place, stage -> ofStage(stage, spillMillis(stage)));
      case STAGE_GC -> most(place, this::collecting);
      case HEAP -> all(this::collecting);
      case FETCH_WAIT ->
          most(place, stage -> ofStage(stage, stage.engine().shuffleFetchWaitMillis()));
      case SLOW_WRITE -> most(place, stage -> ofStage(stage, stage.details().writeNanos() / 1e6));
      case WAITING ->
          // On a busy machine every task waits a little.
          isAccelerated(findings) || worst(findings) == Severity.LOW
              ? 0
              : most(place, this::waiting);
      case OPAQUE_FUNCTION -> most(place, this::waiting);
      case SCHEDULER_DELAY ->
          most(place, stage -> ofAttempts(stage, stage.details().delayMillis()));
      case SERIALIZATION ->
          most(
              place,
              stage ->
                  ofAttempts(
                      stage, stage.details().deserializeMillis() + stage.details().resultMillis()));
      case CARTESIAN, EXPLODING_JOIN -> OF_ITS_STAGE * span(heaviest(map.stagesOf(place)));
      case MISSED_BROADCAST ->
          Math.min(
              OF_ITS_QUERY * sum(map.stagesOf(place)),
              value(findings, "bytes") / SHUFFLED_PER_MILLI / localCores);
      case RECOMPUTATION -> Math.max(toldWall(findings), OF_ITS_QUERY * sum(map.stagesOf(place)));
      case SMALL_FILES ->
          Math.max(
              toldWall(findings),
              Math.min(
                  sum(map.stagesOf(place)), value(findings, "count") * OPEN_MILLIS / localCores));
      case LARGE_BROADCAST, LARGE_RESULTS -> collected(problem, findings);
      case EXECUTOR_SLOW -> slowness(findings) * busy(place.name());
      case HOST_SLOW, HOST_BUSY -> slowness(findings) * busyOnHost(place.name());
      case EXECUTORS_LOST, BLOCKS_LOST, DONE_AGAIN, OUT_OF_MEMORY -> doneAgain();
      case DRIVER_BOUND, TINY_JOBS -> driverAlone();
      default -> toldWall(findings);
    };
  }

  private static double toldWall(List<Finding> findings) {
    return findings.stream().mapToLong(each -> each.impact().wallMillis()).max().orElse(0);
  }

  /** The largest value in this unit that the findings show. */
  private static double value(List<Finding> findings, String unit) {
    return findings.stream()
        .flatMap(each -> each.evidence().stream())
        .filter(each -> each.unit().equals(unit))
        .mapToDouble(Evidence::value)
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }

  private double collected(Problem problem, List<Finding> findings) {
    double bytes = value(findings, "bytes");
    if (problem == Problem.LARGE_RESULTS) {
      bytes = run.engineSums().resultBytes();
    }
    return bytes / COLLECTED_PER_MILLI;
  }

  /** The worst of the stages that the place speaks of. */
  private double most(Place place, ToDoubleFunction<StageProfile> loss) {
    StageProfile own = map.stage(place);
    if (own != null) {
      return loss.applyAsDouble(own);
    }
    if (place.equals(Place.RUN) || place.equals(Place.EXECUTORS)) {
      return all(loss);
    }
    return map.stagesOf(place).stream().mapToDouble(loss).max().orElse(0);
  }

  private double all(ToDoubleFunction<StageProfile> loss) {
    return run.stages().stream().mapToDouble(loss).sum();
  }

  private double span(@Nullable StageProfile stage) {
    if (stage == null || stage.submittedMillis() < 0) {
      return 0;
    }
    double end = stage.isComplete() ? stage.completedMillis() : run.startMillis() + wall;
    return Math.max(0, Math.min(wall, end - stage.submittedMillis()));
  }

  private double sum(List<StageProfile> stages) {
    return Math.min(wall, stages.stream().mapToDouble(this::span).sum());
  }

  private @Nullable StageProfile heaviest(List<StageProfile> stages) {
    return stages.stream()
        .max(
            Comparator.comparingDouble((StageProfile stage) -> stage.engine().runMillis())
                .thenComparing(StageProfile::id))
        .orElse(null);
  }

  /** Tasks that could run at once while the stage ran. */
  private double cores(StageProfile stage) {
    double span = span(stage);
    double held = 0;
    for (ExecutorProfile executor : run.executors()) {
      double end =
          executor.removedMillis() >= 0 ? executor.removedMillis() : run.startMillis() + wall;
      double from = Math.max(executor.addedMillis(), stage.submittedMillis());
      double to = Math.min(end, stage.submittedMillis() + span);
      held += Math.max(0, to - from) * executor.cores();
    }
    double cores = span > 0 && held > 0 ? held / span / taskCpus : localCores;
    return Math.max(1, cores);
  }

  /** A part of the tasks' run time, as a part of the stage's span. */
  private double ofStage(StageProfile stage, double millis) {
    double run = stage.engine().runMillis();
    return run <= 0 ? 0 : span(stage) * Math.min(1, millis / run);
  }

  /** A part of the attempts' time from launch to finish, as a part of the stage's span. */
  private double ofAttempts(StageProfile stage, double millis) {
    double all = stage.details().spanMillis();
    return all <= 0 ? 0 : span(stage) * Math.min(1, millis / all);
  }

  /** By how much the stage would be shorter if its work were spread evenly over all cores. */
  private double uneven(StageProfile stage) {
    double warmUp = stage.submittedMillis() == firstSubmitted ? WARM_UP_MILLIS : 0;
    return Math.max(0, span(stage) - warmUp - stage.engine().runMillis() / cores(stage));
  }

  private double tail(StageProfile stage) {
    Distribution times = times(stage);
    double beyond = Math.max(0, (double) times.max() - times.median());
    return stage.engine().runMillis() > 0 ? Math.min(beyond, uneven(stage)) : beyond;
  }

  /**
   * Half of the tail at least, though other tasks fill the cores meanwhile: work that grows faster
   * than the data (sorts, spills, pairs of equal keys) shrinks when the data are split.
   */
  private double skewed(StageProfile stage) {
    Distribution times = times(stage);
    double beyond = Math.max(0, (double) times.max() - times.median());
    return Math.max(tail(stage), beyond / 2);
  }

  private static Distribution times(StageProfile stage) {
    return stage.taskRunMillis().count() > 0 ? stage.taskRunMillis() : stage.attemptWallMillis();
  }

  private double starting(StageProfile stage) {
    double hidden =
        Math.min(stage.engine().runMillis() / 2.0, stage.engine().tasks() * TASK_MILLIS);
    return uneven(stage) + hidden / cores(stage);
  }

  /** What collections took beyond what they usually take. */
  private double collecting(StageProfile stage) {
    double usual = USUAL_COLLECTING * stage.engine().runMillis();
    return ofStage(stage, Math.max(0, stage.engine().gcMillis() - usual));
  }

  private static double spillMillis(StageProfile stage) {
    EngineSums sums = stage.engine();
    // What never came to a disk is an accelerator's memory, of which nobody knows the cost.
    return sums.diskSpillBytes() == 0 ? 0 : sums.memorySpillBytes() / SPILLED_PER_MILLI;
  }

  private double waiting(StageProfile stage) {
    EngineSums sums = stage.engine();
    if (sums.cpuNanos() <= 0) {
      return 0;
    }
    double known = sums.cpuNanos() / 1e6 + sums.gcMillis() + sums.shuffleFetchWaitMillis();
    double usual = USUAL_WAITING * sums.runMillis();
    return ofStage(stage, Math.max(0, sums.runMillis() - usual - known));
  }

  /** CPU time does not show the work of an accelerator. */
  private static boolean isAccelerated(List<Finding> findings) {
    return findings.stream()
        .flatMap(each -> each.counterEvidence().stream())
        .anyMatch(each -> each.name().contains("accelerator"));
  }

  /** The share of its time that a component which is this much slower loses. */
  private static double slowness(List<Finding> findings) {
    double ratio = value(findings, "ratio");
    return ratio > 1 ? 1 - 1 / ratio : 0;
  }

  private double busy(String executor) {
    double millis = 0;
    for (StageProfile stage : run.stages()) {
      millis +=
          stage.details().executors().getOrDefault(executor, ExecutorShare.ZERO).succeededMillis();
    }
    double cores =
        run.executors().stream()
            .filter(each -> each.executorId().equals(executor))
            .mapToDouble(ExecutorProfile::cores)
            .max()
            .orElse(1);
    return millis / Math.max(1, cores);
  }

  private double busyOnHost(String host) {
    return run.executors().stream()
        .filter(each -> host.equals(each.host()))
        .mapToDouble(each -> busy(each.executorId()))
        .max()
        .orElse(0);
  }

  /** Time of attempts whose work was lost, and of stages that were run again. */
  private double doneAgain() {
    double wasted = 0;
    double again = 0;
    for (StageProfile stage : run.stages()) {
      wasted += stage.details().wastedMillis() / cores(stage);
      again += stage.stageAttempt() > 0 ? span(stage) : 0;
    }
    return wasted + again;
  }

  /** Time without a job is a person at work. */
  private boolean isShell() {
    return SHELLS.contains(run.name())
        || run.config().keySet().stream().anyMatch(key -> key.startsWith("spark.repl."));
  }

  /** Time without a job, but for what a context needs to start and to stop. */
  private double driverAlone() {
    long end = run.startMillis() + run.wallMillis();
    List<Spans.Span> spans =
        run.jobs().stream()
            .filter(job -> job.startMillis() >= 0)
            .map(
                job ->
                    new Spans.Span(job.startMillis(), job.endMillis() < 0 ? end : job.endMillis()))
            .toList();
    if (spans.isEmpty() || isShell()) {
      return 0;
    }
    long first = run.jobs().stream().mapToLong(JobProfile::startMillis).min().orElse(end);
    long last = spans.stream().mapToLong(Spans.Span::endMillis).max().orElse(end);
    double between = (last - first) - Spans.union(spans).coveredMillis(first, last);
    double before = Math.max(0, first - run.startMillis() - START_MILLIS);
    double after = Math.max(0, end - last - STOP_MILLIS);
    double alone = between + before + after;
    return alone < Math.max(PLANNING_MILLIS, PLANNING_SHARE * wall) ? 0 : alone;
  }
}
