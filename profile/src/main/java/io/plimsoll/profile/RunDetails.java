// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import java.util.List;

/**
 * What the engine told of a run beyond jobs, stages and executors.
 *
 * @param queries the SQL executions that are kept, ordered by id
 * @param cutQueries SQL executions beyond the bound, which are not kept
 * @param facts the latest telling of each subject, of the kinds that {@link #facts(EventKind)}
 *     takes
 */
public record RunDetails(List<QueryProfile> queries, long cutQueries, List<EngineEvent> facts) {
  /** Nothing told. */
  public static final RunDetails NONE = new RunDetails(List.of(), 0, List.of());

  public RunDetails {
    queries = List.copyOf(queries);
    facts = List.copyOf(facts);
  }

  /**
   * The latest telling of each subject: of Spark excluded executors and nodes, dropped listener
   * events, executors' peaks over the run; of Flink the job, its vertices, edges, subtasks,
   * checkpoints, exceptions and TaskManagers, and what the cluster does not tell.
   */
  public List<EngineEvent> facts(EventKind kind) {
    return facts.stream().filter(event -> event.kind() == kind).toList();
  }
}
