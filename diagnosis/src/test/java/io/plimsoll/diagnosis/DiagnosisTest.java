// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.CatalogueCoverage;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.point.DiagnosisPoint;
import io.plimsoll.diagnosis.point.Engines;
import io.plimsoll.diagnosis.point.Observed;
import io.plimsoll.diagnosis.point.PointDescription;
import io.plimsoll.diagnosis.point.Thresholds;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final RunProfile EMPTY =
      new RunProfile(
          new RunKey("test", "app", 0),
          "",
          "",
          "",
          -1,
          -1,
          false,
          new TreeMap<>(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private static final PointDescription BREAKING =
      new PointDescription(
          "test.breaks",
          "ST-01",
          "",
          "run",
          "",
          List.of(),
          new Thresholds("m", 1, 2, 3, 4),
          "",
          "",
          Engines.ANY,
          List.of(),
          Set.of());

  /** Findings of an older version, in a store: what did not exist then was not looked at. */
  @Test
  void pointWithoutAFindingWasNotLookedAt() {
    CatalogueCoverage none = Diagnosis.coverage(List.of());
    assertThat(none.evaluated()).isZero();
    assertThat(none.notApplicable()).isZero();
    assertThat(none.notEvaluated()).isEqualTo(Catalogue.all().size());
  }

  @Test
  void everyPointAnswersForARunOfWhichNothingIsKnown() {
    List<Finding> findings = Diagnosis.evaluate(EMPTY);
    assertThat(findings).extracting(Finding::point).containsAll(ids());
    assertThat(findings).extracting(Finding::state).containsOnly(FindingState.NOT_EVALUATED);
    assertThat(findings)
        .allSatisfy(
            finding ->
                assertThat(finding.reason()).startsWith("Missing: ").endsWith("would supply it."));
  }

  @Test
  void aPointThatBreaksSaysWhyAndStopsNoOther() {
    List<Finding> findings =
        Diagnosis.evaluate(
            observed(EMPTY),
            List.of(
                point(
                    () -> {
                      throw new IllegalStateException("no such stage");
                    }),
                Catalogue.all().get(0)));
    assertThat(findings).hasSize(2);
    assertThat(findings)
        .filteredOn(finding -> finding.point().equals("test.breaks"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(FindingState.NOT_EVALUATED);
              assertThat(finding.severity()).isEqualTo(Severity.NONE);
              assertThat(finding.reason())
                  .isEqualTo("The point could not be evaluated: no such stage");
            });
  }

  @Test
  void aPointThatGivesNoAnswerIsNotSilent() {
    assertThat(Diagnosis.evaluate(observed(EMPTY), List.of(point(List::of))))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.reason())
                    .isEqualTo("The point could not be evaluated: it gave no answer"));
  }

  @Test
  void theWorstFiredFindingComesFirst() {
    List<Finding> findings =
        Diagnosis.evaluate(
            observed(EMPTY),
            List.of(
                point(() -> List.of(finding(FindingState.CLEAR, Severity.NONE))),
                point(() -> List.of(finding(FindingState.FIRED, Severity.LOW))),
                point(() -> List.of(finding(FindingState.FIRED, Severity.CRITICAL)))));
    assertThat(findings)
        .extracting(Finding::severity)
        .containsExactly(Severity.CRITICAL, Severity.LOW, Severity.NONE);
  }

  @Test
  void idsAreUnique() {
    assertThat(ids()).doesNotHaveDuplicates().hasSizeGreaterThan(80);
  }

  private static List<String> ids() {
    return Catalogue.all().stream().map(point -> point.description().id()).toList();
  }

  private static Finding finding(FindingState state, Severity severity) {
    return new Finding(
        "test.breaks",
        "run",
        state,
        severity,
        1,
        Impact.NONE,
        "",
        List.of(),
        List.of(),
        "because",
        "");
  }

  private static Observed observed(RunProfile run) {
    return new Observed(run, SignalSet.EMPTY, SignalHistory.NONE);
  }

  private interface Answer {
    List<Finding> findings();
  }

  private static DiagnosisPoint point(Answer answer) {
    return new DiagnosisPoint() {
      @Override
      public PointDescription description() {
        return BREAKING;
      }

      @Override
      public List<Finding> evaluate(Observed observed) {
        return answer.findings();
      }
    };
  }
}
