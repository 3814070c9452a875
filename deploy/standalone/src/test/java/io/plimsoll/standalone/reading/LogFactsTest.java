// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import org.junit.jupiter.api.Test;

class LogFactsTest {
  private final LogFacts facts = new LogFacts();

  @Test
  void theLastOfManyFailures_isTheLast_thoughOnlyTheFirstAreKept() {
    for (int job = 1; job <= 30; job++) {
      ended(job, "failure " + job);
    }

    assertThat(facts.jobFailures()).hasSize(20).startsWith("failure 1").endsWith("failure 20");
    assertThat(facts.lastJobFailure()).isEqualTo("failure 30");
    assertThat(facts.lastJobFailed()).isTrue();
  }

  @Test
  void aFailureWithoutAReason_isNotToldWithThatOfAnother() {
    ended(1, "disk full");
    ended(2, "");

    assertThat(facts.lastJobFailure()).isEmpty();
  }

  private void ended(int job, String reason) {
    EngineEvent.Builder event =
        EngineEvent.builder(EventKind.JOB_ENDED, 1_000 + job)
            .put(EventNumber.JOB_ID, job)
            .put(EventNumber.SUCCEEDED, 0);
    if (!reason.isEmpty()) {
      event.put(EventText.REASON, reason);
    }
    facts.add(event.build());
  }
}
