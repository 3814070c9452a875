// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import io.plimsoll.profile.EngineSums;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Stages of one run that do the same: those of the same name, numbers aside. Ids differ from run to
 * run, and adaptive execution makes more or fewer of them.
 *
 * @param stages how many
 * @param wallMillis their share of the run's wall time
 * @param longestMillis of their tasks
 */
record StageGroup(
    long stages, double wallMillis, EngineSums sums, long longestMillis, long failedStages) {
  static final StageGroup NONE = new StageGroup(0, 0, EngineSums.ZERO, 0, 0);

  /** What differs from run to run in a name: ids, addresses, counts. */
  private static final Pattern NUMBERS =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|0x[0-9a-fA-F]+|\\d+");

  private static final int LONGEST_NAME = 200;

  static Map<String, StageGroup> of(RunProfile run, WallShares wall) {
    Map<String, StageGroup> groups = new TreeMap<>();
    for (StageProfile stage : run.stages()) {
      StageGroup one =
          new StageGroup(
              1,
              wall.stages().getOrDefault(stage.id(), 0.0),
              stage.engine(),
              stage.taskRunMillis().max(),
              stage.failure() == null ? 0 : 1);
      groups.merge(name(stage), one, StageGroup::plus);
    }
    return groups;
  }

  private static String name(StageProfile stage) {
    String name = stage.name().isBlank() ? "stages without a name" : stage.name();
    String cut = name.substring(0, Math.min(LONGEST_NAME, name.length()));
    return NUMBERS.matcher(cut).replaceAll("#");
  }

  private StageGroup plus(StageGroup other) {
    return new StageGroup(
        stages + other.stages,
        wallMillis + other.wallMillis,
        sums.plus(other.sums),
        Math.max(longestMillis, other.longestMillis),
        failedStages + other.failedStages);
  }

  long readBytes() {
    return sums.inputBytes() + sums.shuffleReadBytes();
  }
}
