// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.diagnosis.graph.Family;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeverityTest {
  private static final double NONE = Double.NaN;
  private static final MetricUnit UNKNOWN = MetricUnit.of("");
  private static final Severity SEVERITY = new Severity(0.05, 5, 4);

  @Test
  void baseline_byHand() {
    // 1 2 3 4 10: median 3, distances 2 1 0 1 7, their median 1, q99 = 4 + 0.96·6
    Baseline baseline = Baseline.of(new double[] {10, 1, Double.NaN, 4, 2, 3});

    assertThat(baseline.median()).isEqualTo(3);
    assertThat(baseline.mad()).isEqualTo(1);
    assertThat(baseline.high()).isEqualTo(9.76, within(1e-12));
    assertThat(baseline.low()).isEqualTo(1.04, within(1e-12));
    assertThat(baseline.count()).isEqualTo(5);
  }

  @Test
  void steps_byHand_theTailDecidesTheScale() {
    // scale = max(1.4826·1, (9.76 − 3)/3, 0.05·3) = 2.2533; value = max of min(9, 12) = 9
    Baseline baseline = Baseline.of(new double[] {1, 2, 3, 4, 10});

    Deviation away =
        SEVERITY
            .besideHistory(baseline, NONE, new double[] {9, 12, 2}, Direction.UP, UNKNOWN)
            .orElseThrow();

    assertThat(away.value()).isEqualTo(9);
    assertThat(away.scale()).isEqualTo(6.76 / 3, within(1e-12));
    assertThat(away.z()).isEqualTo(6 / (6.76 / 3), within(1e-12));
    assertThat(away.severity()).isEqualTo(Math.log(1 + 18 / 6.76), within(1e-12));
  }

  @Test
  void whatWasSoBeforeTheIncident_isNotHeldAgainst() {
    Baseline baseline = Baseline.of(new double[] {10, 10, 10, 10, 10});

    Deviation away =
        SEVERITY
            .besideHistory(baseline, 15, new double[] {16, 16}, Direction.UP, UNKNOWN)
            .orElseThrow();

    assertThat(away.centre()).isEqualTo(15);
    assertThat(away.z()).isEqualTo(2, within(1e-12));
  }

  @Test
  void aSingleSpike_doesNotCount() {
    assertThat(Severity.lasting(new double[] {1, 100, 1, 2, 3}, true)).isEqualTo(2);
    assertThat(Severity.lasting(new double[] {5, 0, 5, 4}, false)).isEqualTo(5);
    assertThat(Severity.lasting(new double[] {100}, true)).isEqualTo(100);
  }

  @Test
  void directions_areSigned() {
    Baseline baseline = Baseline.of(new double[] {10, 10, 10, 10, 10});
    double[] low = {5, 5};

    assertThat(away(baseline, low, Direction.UP).z()).isZero();
    assertThat(away(baseline, low, Direction.DOWN).z()).isEqualTo(10, within(1e-12));
    assertThat(away(baseline, low, Direction.BOTH).up()).isFalse();
  }

  @Test
  void aHistoryThatNeverMoved_givesNoInfiniteSteps() {
    Baseline zero = Baseline.of(new double[] {0, 0, 0, 0, 0});

    assertThat(away(zero, new double[] {1e9, 1e9}, Direction.UP).z())
        .isEqualTo(Severity.FLAT_STEPS);
    assertThat(away(zero, new double[] {0, 0}, Direction.BOTH).z()).isZero();
  }

  @Test
  void valuesAsLargeAsNumbersCanBe_giveFiniteSteps() {
    double big = 1.7e308;
    double[][] normals = {
      {-1e308, 1e308, -1e308, 1e308, -1e308, 1e308},
      {-big, -big, -big, -big, -big, big},
      {-big, -big, big, big, big, big}
    };
    for (double[] normal : normals) {
      Baseline baseline = Baseline.of(normal);
      assertThat(baseline.median()).isFinite();
      assertThat(baseline.mad()).isFinite();
      for (Direction direction : Direction.values()) {
        Deviation away = away(baseline, new double[] {big, big, -big, -big}, direction);
        assertThat(away.z()).isBetween(0.0, Severity.MOST_STEPS);
        assertThat(away.severity()).isFinite();
      }
    }
  }

  @Test
  void tooLittleOfAnything_isNotJudged() {
    Baseline four = Baseline.of(new double[] {1, 2, 3, 4});
    Baseline five = Baseline.of(new double[] {1, 2, 3, 4, 5});

    assertThat(SEVERITY.besideHistory(four, NONE, new double[] {9}, Direction.UP, UNKNOWN))
        .isEmpty();
    assertThat(SEVERITY.besideHistory(five, NONE, new double[] {}, Direction.UP, UNKNOWN))
        .isEmpty();
    assertThat(
            SEVERITY.besidePeers(
                Baseline.of(new double[] {1, 1, 1}), new double[] {9}, Direction.UP, UNKNOWN))
        .isEmpty();
    assertThat(Severity.besideLimit(Family.CPU, new double[] {99}, UNKNOWN)).isEmpty();
  }

  @Test
  void fixedLimits_byHand() {
    MetricUnit percent = MetricUnit.of("%");

    assertThat(Severity.besideLimit(Family.CPU, new double[] {96, 97}, percent).orElseThrow().z())
        .isEqualTo(Severity.LIMIT_STEPS);
    assertThat(Severity.besideLimit(Family.CPU, new double[] {94, 97}, percent).orElseThrow().z())
        .isZero();
    assertThat(
            Severity.besideLimit(Family.AVAILABILITY, new double[] {0.9}, MetricUnit.of("ratio"))
                .orElseThrow()
                .z())
        .isEqualTo(Severity.LIMIT_STEPS);
  }

  @Test
  void anomaly_byHand() {
    assertThat(Severity.anomaly(0, 5)).isZero();
    assertThat(Severity.anomaly(Math.log(6), 5)).isEqualTo(0.5, within(1e-12));
    assertThat(Severity.anomaly(Math.log(11), 5)).isEqualTo(0.8, within(1e-12));
  }

  @Property(tries = 200)
  void severity_neverFalls_whenTheIncidentRises(
      @ForAll @Size(min = 5, max = 30) List<@DoubleRange(min = -100, max = 100) Double> history,
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = -100, max = 100) Double> incident,
      @ForAll @DoubleRange(min = 0, max = 50) double more) {
    Baseline baseline = Baseline.of(array(history));
    double[] seen = array(incident);
    double[] higher = Arrays.stream(seen).map(value -> value + more).toArray();

    assertThat(away(baseline, higher, Direction.UP).severity())
        .isGreaterThanOrEqualTo(away(baseline, seen, Direction.UP).severity());
  }

  @Property(tries = 200)
  void severity_doesNotDependOnTheUnit(
      @ForAll @Size(min = 5, max = 30) List<@DoubleRange(min = 0, max = 10) Double> history,
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = 0, max = 10) Double> incident) {
    Deviation seconds = judge(history, incident, 1, "s");
    Deviation millis = judge(history, incident, 1000, "ms");

    assertThat(millis.severity()).isEqualTo(seconds.severity(), within(1e-6));
  }

  @Property(tries = 200)
  void severity_inAnUnknownUnit_doesNotDependOnTheScale(
      @ForAll @Size(min = 5, max = 30) List<@DoubleRange(min = 0, max = 10) Double> history,
      @ForAll @Size(min = 1, max = 6) List<@DoubleRange(min = 0, max = 10) Double> incident) {
    assertThat(judge(history, incident, 1024, "parsecs").severity())
        .isEqualTo(judge(history, incident, 1, "parsecs").severity(), within(1e-6));
  }

  private static Deviation judge(
      List<Double> history, List<Double> incident, double by, String unit) {
    return SEVERITY
        .besideHistory(
            Baseline.of(Arrays.stream(array(history)).map(value -> value * by).toArray()),
            NONE,
            Arrays.stream(array(incident)).map(value -> value * by).toArray(),
            Direction.BOTH,
            MetricUnit.of(unit))
        .orElseThrow();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Deviation away(Baseline baseline, double[] incident, Direction direction) {
    return SEVERITY.besideHistory(baseline, NONE, incident, direction, UNKNOWN).orElseThrow();
  }
}
