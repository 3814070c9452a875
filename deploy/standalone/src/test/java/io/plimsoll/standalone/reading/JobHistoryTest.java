// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.RunMetrics;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JobHistoryTest {
  private final JobHistory history = new JobHistory();

  private static RunProfile run(String name, String engine, long startMillis) {
    return new RunProfile(
        new RunKey("files", "app-" + startMillis, 0),
        name,
        engine,
        "",
        startMillis,
        startMillis + 1,
        true,
        new TreeMap<>(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private void add(RunProfile run) {
    history.add(
        run, SignalSet.builder().put(ComponentId.RUN, RunMetrics.WALL, run.startMillis()).build());
  }

  private List<Double> walls(RunProfile run) {
    return history.before(run).values(ComponentId.RUN, RunMetrics.WALL);
  }

  @Test
  void itKnowsTheLatestRunsOfAJobInOrderAndNothingOfOthers() {
    for (int i = SignalHistory.MOST_RUNS + 5; i >= 1; i--) {
      add(run("nightly", "spark", i));
    }

    assertThat(walls(run("nightly", "spark", 1_000)))
        .hasSize(SignalHistory.MOST_RUNS)
        .startsWith(6.0)
        .endsWith(SignalHistory.MOST_RUNS + 5.0);
    assertThat(walls(run("hourly", "spark", 1_000))).isEmpty();
    assertThat(walls(run("nightly", "flink", 1_000))).isEmpty();
  }

  @Test
  void earlierIsWhatStartedBefore() {
    add(run("nightly", "spark", 10));
    add(run("nightly", "spark", 20));

    assertThat(walls(run("nightly", "spark", 20))).containsExactly(10.0);
    assertThat(walls(run("nightly", "spark", 10))).isEmpty();
  }

  @Test
  void runsWithoutNameOrStartAreNobodysHistory() {
    add(run("", "spark", 10));
    add(run("nightly", "spark", -1));

    assertThat(walls(run("", "spark", 1_000))).isEmpty();
    assertThat(walls(run("nightly", "spark", 1_000))).isEmpty();
  }
}
