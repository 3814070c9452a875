// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Runs with their processes, findings and recommendations. */
public interface RunCatalogue {
  /**
   * A run as lists show it.
   *
   * @param endMillis epoch milliseconds, -1 while running
   */
  record RunSummary(
      RunKey key, String name, String engine, long startMillis, long endMillis, boolean complete) {}

  /**
   * Stores the complete fold of one process of a run, unless a higher revision is there.
   *
   * @param fold the bytes of {@code io.plimsoll.profile.ProcessFold}
   */
  void upsertProcess(RunKey run, UUID process, long revision, byte[] fold);

  /** Marks the run's summary; a lower revision never replaces a higher one. */
  void upsertRun(RunSummary summary, long revision);

  /** All runs, latest start first. */
  List<RunSummary> runs();

  /** The run's profile, folded from its processes; empty when the run is unknown. */
  Optional<RunProfile> profile(RunKey run);

  /** Replaces the run's findings unless a higher revision is there. */
  void upsertFindings(RunKey run, long revision, List<Finding> findings);

  List<Finding> findings(RunKey run);

  void putRecommendation(Recommendation recommendation);

  Optional<Recommendation> recommendation(RunKey run);
}
