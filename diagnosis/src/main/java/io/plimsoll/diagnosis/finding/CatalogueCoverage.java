// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.finding;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of the catalogue of diagnosis points was looked at, group by group: what is not named
 * here as evaluated was not looked at, and is not known to be healthy.
 *
 * @param groups in the catalogue's order
 */
public record CatalogueCoverage(List<Group> groups) {
  public CatalogueCoverage {
    groups = List.copyOf(groups);
  }

  /**
   * One group.
   *
   * @param name such as garbage collection
   * @param catalogued points of the merged catalogue
   * @param declared of them, those that Plimsoll has
   * @param evaluated points that fired, were clear or muted
   * @param notApplicable points without meaning for this run
   * @param notEvaluated reason by point id, of points that miss an input
   */
  public record Group(
      String name,
      int catalogued,
      int declared,
      int evaluated,
      int notApplicable,
      SortedMap<String, String> notEvaluated) {
    public Group {
      notEvaluated = Collections.unmodifiableSortedMap(new TreeMap<>(notEvaluated));
    }
  }

  /** Points that were evaluated, in all groups. */
  public int evaluated() {
    return groups.stream().mapToInt(Group::evaluated).sum();
  }

  public int notEvaluated() {
    return groups.stream().mapToInt(group -> group.notEvaluated().size()).sum();
  }

  public int notApplicable() {
    return groups.stream().mapToInt(Group::notApplicable).sum();
  }
}
