// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.diagnosis.signal.Direction;
import io.plimsoll.diagnosis.signal.SignalHistory;
import io.plimsoll.diagnosis.signal.SignalMetric;
import io.plimsoll.diagnosis.signal.SignalSet;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every declared point: fires, stays silent, misses each of its metrics, is shut by its gates. */
class DeclaredPointsTest {
  private static final List<PointCase> CASES =
      PointCase.read("spark-points.txt", "sql-points.txt", "flink-points.txt", "link-points.txt");

  static List<PointCase> cases() {
    return CASES;
  }

  @Test
  void everyDeclaredPointHasOneCase() {
    List<String> declared =
        Catalogue.all().stream()
            .filter(SignalPoint.class::isInstance)
            .map(point -> point.description().id())
            .toList();
    assertThat(CASES).extracting(PointCase::point).containsExactlyInAnyOrderElementsOf(declared);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void firesWithThisSeverity(PointCase each) {
    Finding finding = only(evaluate(each, each.firing()));
    assertThat(finding.state()).as(finding.reason()).isEqualTo(FindingState.FIRED);
    assertThat(finding.severity()).isEqualTo(each.severity());
    assertThat(finding.reference()).isEqualTo("static default");
    assertThat(finding.confidence()).isBetween(0.1, 1.0);
    assertThat(finding.advice()).isNotBlank();
    assertThat(finding.evidence()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void staysSilent(PointCase each) {
    Finding finding = only(evaluate(each, each.silent()));
    assertThat(finding.state()).as(finding.reason()).isEqualTo(FindingState.CLEAR);
    assertThat(finding.advice()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void namesEachMetricThatIsMissing(PointCase each) {
    for (SignalMetric metric : each.find().declaration().required()) {
      Map<String, Double> values = new TreeMap<>(each.firing());
      assertThat(values.remove(metric.name())).as("%s in the table", metric.name()).isNotNull();
      Finding finding = only(evaluate(each, values));
      assertThat(finding.state()).as(metric.name()).isEqualTo(FindingState.NOT_EVALUATED);
      assertThat(finding.reason()).contains(metric.words()).endsWith("would supply it.");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isNotApplicableBelowEachGate(PointCase each) {
    for (Declaration.Gate gate : each.find().declaration().gates) {
      Map<String, Double> values = new TreeMap<>(each.firing());
      values.put(gate.metric().name(), 0.0);
      Finding finding = only(evaluate(each, values));
      assertThat(finding.state()).isEqualTo(FindingState.NOT_APPLICABLE);
      assertThat(finding.reason()).isEqualTo(gate.why());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aWorseValueIsNeverMilder(PointCase each) {
    SignalMetric metric = each.find().declaration().metric;
    double from = each.silent().getOrDefault(metric.name(), Double.NaN);
    double to = each.firing().getOrDefault(metric.name(), Double.NaN);
    assertThat(to > from).isEqualTo(metric.bad() == Direction.HIGH);
    Severity last = Severity.NONE;
    for (int step = 0; step <= 60; step++) {
      Map<String, Double> values = new TreeMap<>(each.firing());
      values.put(metric.name(), Math.max(0, from + (to - from) * step / 20));
      Severity severity = only(evaluate(each, values)).severity();
      assertThat(severity).isGreaterThanOrEqualTo(last);
      last = severity;
    }
    assertThat(last).isNotEqualTo(Severity.NONE);
  }

  @Test
  void aRunOfAnotherEngineIsNoneOfTheirBusiness() {
    RunProfile flink = run("flink");
    for (DiagnosisPoint point : Catalogue.all()) {
      if (point instanceof SignalPoint && point.description().engines() == Engines.SPARK) {
        assertThat(point.evaluate(new Observed(flink, SignalSet.EMPTY, SignalHistory.NONE)))
            .singleElement()
            .satisfies(
                finding -> assertThat(finding.state()).isEqualTo(FindingState.NOT_APPLICABLE));
      }
    }
  }

  private static List<Finding> evaluate(PointCase each, Map<String, Double> values) {
    SignalPoint point = each.find();
    return point.evaluate(
        new Observed(run(""), PointCase.signals(point, values), SignalHistory.NONE));
  }

  private static Finding only(List<Finding> findings) {
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static RunProfile run(String engine) {
    return new RunProfile(
        new RunKey("test", "app", 0),
        "",
        engine,
        "",
        0,
        100_000,
        true,
        new TreeMap<>(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
