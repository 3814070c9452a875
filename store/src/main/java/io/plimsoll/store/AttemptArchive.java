// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import io.plimsoll.profile.RunKey;
import io.plimsoll.wire.AttemptRecord;
import java.util.List;
import java.util.UUID;

/** Every task attempt of every run; drill-down ends here. */
public interface AttemptArchive {
  /**
   * One archived attempt.
   *
   * @param process the JVM it ran in
   */
  record ArchivedAttempt(UUID process, String executorId, AttemptRecord attempt) {}

  /** Stores the attempts; the same attempt of the same process again changes nothing. */
  void upsert(RunKey run, List<ArchivedAttempt> attempts);

  /** All attempts of a run, by task id. */
  List<ArchivedAttempt> attempts(RunKey run);
}
