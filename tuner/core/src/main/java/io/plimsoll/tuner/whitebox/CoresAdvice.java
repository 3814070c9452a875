// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.whitebox;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.tuner.spark.ClusterKind;
import io.plimsoll.tuner.spark.SparkSlots;
import io.plimsoll.tuner.whitebox.StageReplay.Prediction;

/**
 * Fewer cores where the replay of the stages says that the run does not need them: first fewer per
 * executor, which leaves memory and data where they are, then fewer executors.
 */
final class CoresAdvice {
  static final String CORES_KEY = "spark.executor.cores";

  /** The replay's upper bound may be this much longer than what was observed. */
  private static final double SLOWDOWN = 0.04;

  /**
   * The task times must explain at least this share of the stages' spans, and at most 1.5 of it.
   */
  private static final double EXPLAINED = 0.5;

  private static final String REVERTED =
      "wall time above 1.10 of this run's, or a stage waiting for slots that it did not wait for";

  private final RunProfile run;
  private final ClusterKind kind;
  private final SparkSlots observed;
  private final StageReplay replay;
  private final Advice advice;

  CoresAdvice(RunProfile run, ClusterKind kind, SparkSlots observed, Advice advice) {
    this.run = run;
    this.kind = kind;
    this.observed = observed;
    this.replay = StageReplay.of(run, observed.total());
    this.advice = advice;
  }

  /** Adds what is advised and gives the slots of the next run. */
  SparkSlots advise() {
    String countKey = kind.executorCountKey();
    double calibration = replay.calibration();
    if (!replay.hasStages() || calibration < EXPLAINED || calibration > 2 - EXPLAINED) {
      String reason =
          replay.hasStages()
              ? "the task times explain " + share(calibration) + " of the stages' spans"
              : "no stage with times was seen";
      abstain(countKey, reason, "stage and task events of a whole run, without loss");
      return observed;
    }
    if ("true".equals(run.config().getOrDefault("spark.dynamicAllocation.enabled", "").strip())) {
      abstain(countKey, "dynamic allocation decides how many executors run", "a run with it off");
      return observed;
    }
    for (int cores = observed.taskCpus(); cores < observed.cores(); cores += observed.taskCpus()) {
      SparkSlots fewer = new SparkSlots(observed.executors(), cores, observed.taskCpus());
      if (fits(fewer)) {
        changeCores(fewer);
        return fewer;
      }
    }
    for (int executors = 1; executors < observed.executors(); executors++) {
      SparkSlots fewer = new SparkSlots(executors, observed.cores(), observed.taskCpus());
      if (fits(fewer)) {
        changeCount(fewer);
        return fewer;
      }
    }
    keep(countKey);
    return observed;
  }

  private boolean fits(SparkSlots fewer) {
    return replay.predict(fewer.total()).highMillis() <= run.wallMillis() * (1 + SLOWDOWN);
  }

  private void changeCores(SparkSlots fewer) {
    advice.change(
        draft(CORES_KEY, String.valueOf(observed.cores()), fewer)
            .make(
                String.valueOf(fewer.cores()),
                formula("cores"),
                EvidenceGrade.ESTIMATED,
                interval(fewer.cores(), observed.cores()),
                "More tasks of a stage wait for each other; the bound holds for the observed"
                    + " tasks.",
                REVERTED));
    if (kind == ClusterKind.STANDALONE) {
      changeCount(fewer);
    }
  }

  private void changeCount(SparkSlots fewer) {
    boolean standalone = kind == ClusterKind.STANDALONE;
    int from = standalone ? observed.executors() * observed.cores() : observed.executors();
    int to = standalone ? fewer.executors() * fewer.cores() : fewer.executors();
    advice.change(
        draft(kind.executorCountKey(), String.valueOf(from), fewer)
            .make(
                String.valueOf(to),
                formula(standalone ? "cores of all executors" : "executors"),
                EvidenceGrade.ESTIMATED,
                interval(to, from),
                standalone
                    ? "Standalone Spark starts spark.cores.max / spark.executor.cores executors."
                    : "Each executor holds more of the cached and shuffled data.",
                REVERTED));
  }

  private void keep(String countKey) {
    if (observed.total() == 1) {
      abstain(countKey, "one task slot is the least", "nothing: there is nothing to take away");
      return;
    }
    int fewer =
        Math.max(
            1,
            observed.total()
                - (observed.cores() > 1 ? observed.executors() : observed.perExecutor()));
    Prediction prediction = replay.predict(fewer);
    abstain(
        countKey,
        "with "
            + fewer
            + " instead of "
            + observed.total()
            + " task slots the replay gives "
            + ratio(prediction.expectedMillis())
            + " (at most "
            + ratio(prediction.highMillis())
            + ") of the wall time",
        "a run whose executors wait for more than they work");
  }

  private void abstain(String countKey, String reason, String wouldNeed) {
    advice.abstain(CORES_KEY, reason, wouldNeed);
    advice.abstain(countKey, reason, wouldNeed);
  }

  private ChangeDraft draft(String key, String from, SparkSlots fewer) {
    Prediction prediction = replay.predict(fewer.total());
    return new ChangeDraft(key, from)
        .seconds("wall", run.wallMillis())
        .seconds("predicted", prediction.expectedMillis())
        .seconds("predictedAtMost", prediction.highMillis())
        .percent("explained", replay.calibration())
        .input("slots", observed.total() + " to " + fewer.total());
  }

  private String ratio(long millis) {
    return share((double) millis / Math.max(1, run.wallMillis()));
  }

  private static String share(double share) {
    return Math.round(share * 100) + " %";
  }

  private static String formula(String what) {
    return "the fewest " + what + " with predictedAtMost <= 1.04 * wall";
  }

  private static Interval interval(int low, int high) {
    return new Interval(
        low,
        high,
        "count",
        0.5,
        "from Graham's bound for this run's tasks to what this run had; one run says no more");
  }
}
