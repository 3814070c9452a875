// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.Stream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveRunTest {
  private final SyntheticRun run = SyntheticRun.complete("app-1", 5);
  private final LiveRun live = new LiveRun(run.key());

  @Test
  void runIsCompleteWhenItsEndedProcessesHaveSettled() {
    put(folds(run.envelopes()), 1_000);
    assertThat(live.profile(999, 0).complete()).isFalse();
    assertThat(live.profile(1_000, 0).complete()).isTrue();
  }

  @Test
  void endedProcessWithMissingEnvelopesIsWaitedForUntilItCountsAsSilent() {
    List<Envelope> gap =
        run.envelopes().stream()
            .filter(envelope -> envelope.stream() != Stream.ATTEMPTS || envelope.sequence() != 1)
            .toList();
    put(folds(gap), 1_000);
    assertThat(live.profile(5_000, 999).complete()).isFalse();
    assertThat(live.profile(5_000, 1_000).complete()).isTrue();
  }

  @Test
  void onlyChangedWindowsComeAgain() {
    List<Envelope> all = run.envelopes();
    Collection<ProcessFold> most = folds(all.subList(0, all.size() - 1));
    put(most, 1);
    List<Rollup> first = live.changedRollups(live.profile(0, 0));
    assertThat(first).hasSameSizeAs(RunFold.runRollups(run.key(), most, 0));
    assertThat(live.changedRollups(live.profile(0, 0))).isEmpty();
    put(folds(all), 2);
    List<Rollup> second = live.changedRollups(live.profile(0, 0));
    assertThat(second).isNotEmpty().hasSizeLessThan(first.size());
    assertThat(second).extracting(Rollup::revision).containsOnly((long) all.size());
  }

  @Test
  void windowThatOneProcessHasForgottenIsNotToldInPart() {
    Collection<ProcessFold> folds = folds(run.envelopes());
    put(folds, 1);
    RunProfile profile = live.profile(0, 0);
    int all = live.changedRollups(profile).size();
    // As if one process had gone on for long after the others.
    RunProfile later =
        new RunProfile(
            profile.key(),
            profile.name(),
            profile.engine(),
            profile.engineVersion(),
            profile.startMillis(),
            profile.endMillis(),
            profile.complete(),
            profile.config(),
            profile.processes().stream()
                .map(
                    process ->
                        new ProcessProfile(
                            process.identity(),
                            process.firstSampleMillis(),
                            process.lastSampleMillis() + ProcessOperator.LATENESS_MILLIS - 30_000,
                            process.ended(),
                            process.gauges(),
                            process.counters(),
                            process.gc(),
                            process.attempts(),
                            process.running(),
                            process.coverage()))
                .toList(),
            profile.stages(),
            profile.jobs(),
            profile.executors());
    LiveRun fresh = new LiveRun(run.key());
    for (ProcessFold fold : folds) {
      fresh.put(write(fold), 1);
    }
    List<Rollup> told = fresh.changedRollups(later);
    assertThat(told).hasSizeLessThan(all);
    assertThat(told)
        .filteredOn(rollup -> rollup.level() == Level.RUN)
        .extracting(Rollup::windowStartMillis)
        .allMatch(
            start ->
                start
                    >= later.processes().get(0).lastSampleMillis()
                        - ProcessOperator.LATENESS_MILLIS
                        - Rollup.WINDOW_MILLIS);
  }

  private void put(Collection<ProcessFold> folds, long nowMillis) {
    for (ProcessFold fold : folds) {
      live.put(write(fold), nowMillis);
    }
  }

  private StoreWrite.Fold write(ProcessFold fold) {
    return new StoreWrite.Fold(
        run.key(), fold.process(), fold.profile().coverage().envelopes(), fold.toBytes());
  }

  private static Collection<ProcessFold> folds(List<Envelope> envelopes) {
    Map<UUID, ProcessFold> folds = new TreeMap<>();
    for (Envelope envelope : envelopes) {
      folds.computeIfAbsent(envelope.identity().process(), ProcessFold::of).add(envelope);
    }
    return folds.values();
  }
}
