// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.Distribution;
import io.plimsoll.profile.JobProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signals of how jobs and stages lie in time. */
final class PathSignals {
  /** The longest task of a stage is one by itself from this many medians on. */
  private static final double UNEVEN = 2;

  private PathSignals() {}

  static void add(RunProfile run, SignalSet.Builder signals) {
    List<StageProfile> ended =
        run.stages().stream()
            .filter(stage -> stage.isComplete() && stage.submittedMillis() >= 0)
            .toList();
    if (ended.isEmpty() || run.wallMillis() == 0) {
      return;
    }
    gaps(run, ended, signals);
    longest(ended, signals);
    commit(run, ended, signals);
  }

  private static void gaps(RunProfile run, List<StageProfile> ended, SignalSet.Builder signals) {
    List<Spans.Span> jobSpans = new ArrayList<>();
    for (JobProfile job : run.jobs()) {
      if (job.startMillis() >= 0 && job.endMillis() >= 0) {
        jobSpans.add(new Spans.Span(job.startMillis(), job.endMillis()));
      }
    }
    Spans stages =
        Spans.union(
            ended.stream()
                .map(stage -> new Spans.Span(stage.submittedMillis(), stage.completedMillis()))
                .toList());
    long end = run.startMillis() + run.wallMillis();
    long inJobs = Spans.union(jobSpans).coveredMillis(run.startMillis(), end);
    long inStages = stages.coveredMillis(run.startMillis(), end);
    if (inJobs > 0) {
      long idle = Math.max(0, inJobs - inStages);
      signals
          .share(ComponentId.RUN, RunMetrics.JOB_GAP_SHARE, idle, inJobs, jobSpans.size())
          .put(ComponentId.RUN, RunMetrics.JOB_GAP_MILLIS, idle, jobSpans.size());
    }
  }

  /**
   * Of the time with stages, what the longest tasks of uneven ones take: no more cores would
   * shorten it. Where all tasks are alike, smaller ones would.
   */
  private static void longest(List<StageProfile> ended, SignalSet.Builder signals) {
    double spans = 0;
    double longest = 0;
    for (StageProfile stage : ended) {
      double span = stage.completedMillis() - stage.submittedMillis();
      Distribution times = stage.taskRunMillis();
      if (times.count() > 0 && span > 0) {
        spans += span;
        boolean isUneven = times.max() >= UNEVEN * times.median();
        longest += isUneven ? Math.min(span, times.max()) : 0;
      }
    }
    signals.share(ComponentId.RUN, RunMetrics.CRITICAL_SHARE, longest, spans, ended.size());
  }

  private static void commit(RunProfile run, List<StageProfile> ended, SignalSet.Builder signals) {
    Map<Integer, Long> completed = new HashMap<>();
    Map<Integer, Long> written = new HashMap<>();
    for (StageProfile stage : ended) {
      completed.merge(stage.stageId(), stage.completedMillis(), Math::max);
      written.merge(stage.stageId(), stage.engine().outputBytes(), Long::sum);
    }
    long tail = 0;
    for (JobProfile job : run.jobs()) {
      long last = -1;
      long output = 0;
      for (int stage : job.stages()) {
        last = Math.max(last, completed.getOrDefault(stage, -1L));
        output += written.getOrDefault(stage, 0L);
      }
      if (last >= 0 && output > 0 && job.endMillis() >= 0) {
        tail += Math.max(0, job.endMillis() - last);
      }
    }
    signals
        .put(ComponentId.RUN, RunMetrics.COMMIT_TAIL, tail, ended.size())
        .share(
            ComponentId.RUN,
            RunMetrics.COMMIT_TAIL_SHARE,
            Math.min(tail, run.wallMillis()),
            run.wallMillis(),
            ended.size());
  }
}
