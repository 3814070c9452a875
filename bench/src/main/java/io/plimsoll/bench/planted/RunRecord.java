// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import java.util.List;

/**
 * What the bench did to make one log.
 *
 * @param kind the kind's id
 * @param variant 1 or 2
 * @param exitCode of the driver
 * @param wallMillis from submission to the driver's end
 * @param disturbed ids of the executors that were killed or starved
 */
record RunRecord(String kind, int variant, int exitCode, long wallMillis, List<String> disturbed) {
  RunRecord {
    disturbed = List.copyOf(disturbed);
  }

  String name() {
    return kind + "-" + variant;
  }
}
