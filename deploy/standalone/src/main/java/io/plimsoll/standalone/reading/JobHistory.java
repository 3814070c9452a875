// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.server.api.JobNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of runs, by their jobs: of each job the latest {@value
 * SignalHistory#MOST_RUNS} runs, a few numbers of each. Runs without a name are runs of nothing in
 * common and have no history.
 */
public final class JobHistory {
  private record Job(String name, String engine) {}

  private record Past(long startMillis, String run, SignalSet signals) {}

  private static final Comparator<Past> OLDEST_FIRST =
      Comparator.comparingLong(Past::startMillis).thenComparing(Past::run);

  private final Map<Job, List<Past>> jobs = new HashMap<>();

  /** Of those that were added, the runs of the same job that started before this one. */
  public SignalHistory before(RunProfile run) {
    List<SignalSet> earlier = new ArrayList<>();
    for (Past past : jobs.getOrDefault(job(run), List.of())) {
      if (past.startMillis() < run.startMillis()) {
        earlier.add(past.signals());
      }
    }
    return new SignalHistory(earlier);
  }

  /** Remembers what was measured in a run. */
  public void add(RunProfile run, SignalSet signals) {
    Job job = job(run);
    if (run.startMillis() < 0 || job.name().equals(JobNames.UNNAMED)) {
      return;
    }
    List<Past> known = jobs.computeIfAbsent(job, any -> new ArrayList<>());
    known.add(new Past(run.startMillis(), run.key().id(), signals));
    known.sort(OLDEST_FIRST);
    if (known.size() > SignalHistory.MOST_RUNS) {
      known.remove(0);
    }
  }

  private static Job job(RunProfile run) {
    return new Job(JobNames.of(run.name()), run.engine());
  }
}
