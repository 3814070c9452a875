// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.List;

/**
 * One job of a Spark application: an action and the stages it asked for.
 *
 * @param startMillis epoch milliseconds
 * @param endMillis epoch milliseconds, -1 while running
 * @param succeeded false while running
 * @param sqlExecution the SQL execution it belongs to, -1 none
 */
public record JobProfile(
    int jobId,
    long startMillis,
    long endMillis,
    boolean succeeded,
    List<Integer> stages,
    long sqlExecution) {
  public JobProfile {
    stages = List.copyOf(stages);
  }
}
