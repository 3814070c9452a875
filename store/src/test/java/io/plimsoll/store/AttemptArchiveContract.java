// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.RunKey;
import io.plimsoll.store.AttemptArchive.ArchivedAttempt;
import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptArchive} promises. */
public abstract class AttemptArchiveContract {
  private static final RunKey RUN = new RunKey("local", "app-1", 0);
  private static final UUID ONE = new UUID(1, 1);
  private static final UUID TWO = new UUID(2, 2);

  private AttemptArchive archive;

  protected abstract AttemptArchive open();

  @BeforeEach
  void openArchive() {
    archive = open();
  }

  @Test
  void attemptsComeBackByTaskIdWithEveryField() {
    AttemptRecord full =
        AttemptRecord.builder(7)
            .stage(3, 1)
            .partition(12, 2)
            .startEpochMillis(1_700_000_000_123L)
            .wallNanos(5_000_000_001L)
            .cpuNanos(4_000_000_002L)
            .allocatedBytes(1L << 40)
            .outcome(AttemptOutcome.KILLED)
            .hook(AttemptHook.PLUGIN)
            .runQueueNanos(77)
            .flink("job", "vertex", "execution")
            .build();
    ArchivedAttempt later = new ArchivedAttempt(ONE, "1", full);
    ArchivedAttempt earlier = new ArchivedAttempt(TWO, "2", attempt(2, 5));
    archive.upsert(RUN, List.of(later, earlier));
    assertThat(archive.attempts(RUN)).containsExactly(earlier, later);
  }

  @Test
  void sameAttemptAgainChangesNothing() {
    ArchivedAttempt one = new ArchivedAttempt(ONE, "1", attempt(1, 5));
    archive.upsert(RUN, List.of(one, one));
    archive.upsert(RUN, List.of(one));
    assertThat(archive.attempts(RUN)).containsExactly(one);
  }

  @Test
  void attemptsWithUnreadableIdsAreKeptApart() {
    ArchivedAttempt one = new ArchivedAttempt(ONE, "1", attempt(-1, 5));
    ArchivedAttempt two = new ArchivedAttempt(ONE, "1", attempt(-1, 6));
    archive.upsert(RUN, List.of(one, two));
    assertThat(archive.attempts(RUN)).containsExactly(one, two);
  }

  @Test
  void runsAreApart() {
    archive.upsert(RUN, List.of(new ArchivedAttempt(ONE, "1", attempt(1, 5))));
    assertThat(archive.attempts(new RunKey("local", "app-1", 1))).isEmpty();
  }

  private static AttemptRecord attempt(long taskId, long startMillis) {
    return AttemptRecord.builder(taskId)
        .stage(1, 0)
        .startEpochMillis(startMillis)
        .outcome(AttemptOutcome.SUCCEEDED)
        .build();
  }
}
