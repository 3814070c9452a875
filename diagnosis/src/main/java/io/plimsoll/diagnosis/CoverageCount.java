// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import io.plimsoll.diagnosis.finding.CatalogueCoverage;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.point.DiagnosisPoint;
import io.plimsoll.diagnosis.point.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what came of the points, by the catalogue's groups. */
final class CoverageCount {
  private CoverageCount() {}

  static CatalogueCoverage of(List<DiagnosisPoint> points, List<Finding> findings) {
    Map<String, List<Finding>> byPoint = new HashMap<>();
    for (Finding finding : findings) {
      byPoint.computeIfAbsent(finding.point(), any -> new ArrayList<>()).add(finding);
    }
    List<CatalogueCoverage.Group> groups = new ArrayList<>();
    for (Group group : Group.values()) {
      List<DiagnosisPoint> members =
          points.stream().filter(point -> point.description().group() == group).toList();
      groups.add(count(group, members, byPoint));
    }
    return new CatalogueCoverage(groups);
  }

  private static CatalogueCoverage.Group count(
      Group group, List<DiagnosisPoint> members, Map<String, List<Finding>> byPoint) {
    Set<String> catalogued = new HashSet<>();
    SortedMap<String, String> notEvaluated = new TreeMap<>();
    int evaluated = 0;
    int notApplicable = 0;
    for (DiagnosisPoint point : members) {
      catalogued.add(point.description().catalogueId());
      String id = point.description().id();
      List<Finding> said = byPoint.getOrDefault(id, List.of());
      if (said.stream().anyMatch(CoverageCount::isJudged)) {
        evaluated++;
      } else if (said.isEmpty()) {
        notEvaluated.put(id, "The point was not there yet when the run was diagnosed.");
      } else if (said.stream().anyMatch(each -> each.state() == FindingState.NOT_EVALUATED)) {
        notEvaluated.put(id, said.get(0).reason());
      } else {
        notApplicable++;
      }
    }
    return new CatalogueCoverage.Group(
        group.words(), group.points(), catalogued.size(), evaluated, notApplicable, notEvaluated);
  }

  private static boolean isJudged(Finding finding) {
    return switch (finding.state()) {
      case FIRED, CLEAR, MUTED -> true;
      case NOT_EVALUATED, NOT_APPLICABLE -> false;
    };
  }
}
