// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import io.plimsoll.profile.Rollup;
import org.jspecify.annotations.Nullable;

/**
 * Where the windows of a level stand. The tag of an entity is what bounds the number of series:
 * stages are no tag, a run may have any number of them.
 *
 * @param policy retention policy
 * @param entityTag null: the entity is no tag
 */
record Place(Rollup.Level level, String policy, String measurement, @Nullable String entityTag) {
  /** Retention policy of single processes. */
  static final String PROCESSES = "processes";

  /** Retention policy of runs and stages. */
  static final String RUNS = "runs";

  /** Retention policy of the windows of five minutes. */
  static final String HISTORY = "history";

  private static final Place RUN = new Place(Rollup.Level.RUN, RUNS, "plimsoll_run", null);
  private static final Place STAGE = new Place(Rollup.Level.STAGE, RUNS, "plimsoll_stage", null);
  private static final Place PROCESS =
      new Place(Rollup.Level.PROCESS, PROCESSES, "plimsoll_process", "process");

  /** Null for a level that is not kept here. */
  static @Nullable Place of(Rollup.Level level) {
    return switch (level) {
      case RUN -> RUN;
      case STAGE -> STAGE;
      case PROCESS -> PROCESS;
      case TASK -> null;
    };
  }

  /** Policy and measurement, as in {@code FROM}. */
  String from() {
    return Influxql.name(policy) + "." + Influxql.name(measurement);
  }
}
