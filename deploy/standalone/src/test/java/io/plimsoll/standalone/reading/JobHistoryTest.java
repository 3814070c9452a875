// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.signal.ComponentId;
import io.plimsoll.diagnosis.signal.RunMetrics;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalSet;
import org.junit.jupiter.api.Test;

class JobHistoryTest {
  private static final int MOST = 6;

  private static SignalSet run(double wallMillis) {
    return SignalSet.builder().put(ComponentId.RUN, RunMetrics.WALL, wallMillis).build();
  }

  @Test
  void itKnowsTheLatestRunsOfAJobInOrderAndNothingOfOthers() {
    JobHistory history = new JobHistory();
    for (int i = 1; i <= SignalHistory.MOST_RUNS + 5; i++) {
      history.add("nightly", run(i));
    }

    assertThat(history.of("nightly").values(ComponentId.RUN, RunMetrics.WALL))
        .hasSize(SignalHistory.MOST_RUNS)
        .startsWith(6.0)
        .endsWith(SignalHistory.MOST_RUNS + 5.0);
    assertThat(history.of("hourly")).isEqualTo(SignalHistory.NONE);
  }

  @Test
  void whatWasHeardOfLeastRecently_isForgottenFirst() {
    JobHistory history = new JobHistory(MOST);
    history.add("a", run(1));
    history.add("b", run(1));
    for (int i = 0; i < MOST - 2; i++) {
      history.add("a", run(2));
    }
    assertThat(history.of("b").runs()).hasSize(1);

    history.add("c", run(3));

    assertThat(history.of("b")).isEqualTo(SignalHistory.NONE);
    assertThat(history.of("a").runs()).hasSize(MOST - 1);
    assertThat(history.of("c").runs()).hasSize(1);
  }
}
