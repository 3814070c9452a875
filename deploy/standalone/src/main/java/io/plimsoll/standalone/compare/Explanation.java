// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import java.util.List;

/**
 * A part of the difference between two runs. Over all parts the wall times add up to those of the
 * runs, and the core times to those of their tasks.
 *
 * @param part a group of stages, or what is between them
 * @param wallA its share of the first run's wall time, ms
 * @param coreA its tasks' run time in the first run, ms
 * @param reasons what else differs in it, the likeliest first
 */
record Explanation(
    String part, double wallA, double wallB, double coreA, double coreB, List<String> reasons) {
  Explanation {
    reasons = List.copyOf(reasons);
  }

  double wallChange() {
    return wallB - wallA;
  }

  double coreChange() {
    return coreB - coreA;
  }
}
