// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.guard;

import static io.plimsoll.tuner.RunFixture.MIB;
import static io.plimsoll.tuner.RunFixture.vendorRule;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.tuner.RunFixture.Jvm;
import io.plimsoll.tuner.guard.Guard.Guarded;
import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.wire.Metric;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardTest {
  /** Holds 600 MiB after collections and 300 MiB outside the heap. */
  private static final RunProfile RUN =
      vendorRule()
          .process(
              Jvm.executor("0")
                  .gauge(Metric.HEAP_COMMITTED, 1000 * MIB)
                  .gauge(Metric.RSS_PEAK, 1300 * MIB)
                  .window(0, 3, 600 * MIB, 900 * MIB))
          .build();

  private static Change change(String key, String to) {
    return new Change(
        key,
        "?",
        to,
        "by hand",
        new TreeMap<>(),
        EvidenceGrade.ESTIMATED,
        new Interval(0, 1, "count", 0, "none"),
        "none",
        "nothing");
  }

  private static Guarded check(Change... changes) {
    return Guard.check(RUN, Stream.of(changes).toList());
  }

  private static String fault(Change... changes) {
    Guarded guarded = check(changes);
    assertThat(guarded.rejected()).hasSize(1);
    assertThat(guarded.changes()).hasSize(changes.length - 1);
    return guarded.rejected().get(0).reason();
  }

  @Test
  void whatHoldsPassesUnchanged() {
    List<Change> changes =
        List.of(
            change("spark.executor.memory", "700m"),
            change("spark.executor.memoryOverhead", "384m"),
            change("spark.cores.max", "1"));
    Guarded guarded = Guard.check(RUN, changes);
    assertThat(guarded.changes()).isEqualTo(changes);
    assertThat(guarded.rejected()).isEmpty();
  }

  @Test
  void sparksMinimumHolds() {
    assertThat(fault(change("spark.executor.memory", "449m")))
        .isEqualTo("the guard rejects 449m: Spark does not start with a heap below 450 MiB");
    assertThat(fault(change("spark.driver.memory", "449m")))
        .isEqualTo("the guard rejects 449m: Spark does not start with a heap below 450 MiB");
  }

  @Test
  void nothingGoesBelowWhatWasMeasured() {
    assertThat(fault(change("spark.executor.memory", "599m")))
        .contains("every executor held more after collections");
    assertThat(fault(change("spark.executor.memoryOverhead", "299m")))
        .contains("more than this was resident outside the heap");
  }

  @Test
  void aProcessThatWasNotSeenIsNotCut() {
    assertThat(fault(change("spark.driver.memory", "900m"))).contains("or none was seen");
  }

  @Test
  void aContainerNeverGrows() {
    Guarded guarded =
        check(
            change("spark.executor.memory", "6700m"),
            change("spark.executor.memoryOverhead", "700m"));
    assertThat(guarded.changes()).isEmpty();
    assertThat(guarded.rejected())
        .extracting(Abstention::key)
        .containsExactly("spark.executor.memory", "spark.executor.memoryOverhead");
  }

  /** From 480m + 288m holding 762 MiB the tuner went to 464m + 288m, which left 4 MiB free. */
  @Test
  void aSmallerHeapAloneMustLeaveRoomForWhatIsOutsideIt() {
    RunProfile tight =
        vendorRule()
            .config("spark.executor.memory", "1000m")
            .config("spark.executor.memoryOverhead", "310m")
            .process(
                Jvm.executor("0")
                    .gauge(Metric.HEAP_COMMITTED, 1000 * MIB)
                    .gauge(Metric.RSS_PEAK, 1300 * MIB)
                    .window(0, 3, 600 * MIB, 900 * MIB))
            .build();

    assertThat(Guard.check(tight, List.of(change("spark.executor.memory", "700m"))).rejected())
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.reason())
                    .contains("would not hold the whole heap beside what was resident outside"));
  }

  @Test
  void coresNeverGrowAndFitTheirTasks() {
    assertThat(fault(change("spark.cores.max", "3"))).contains("would rise above the 2");
    assertThat(fault(change("spark.executor.cores", "0"))).contains("'0' is no count");
    RunProfile twoPerTask =
        vendorRule().config("spark.task.cpus", "2").config("spark.executor.cores", "4").build();
    assertThat(Guard.check(twoPerTask, List.of(change("spark.executor.cores", "3"))).rejected())
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.reason())
                    .isEqualTo("the guard rejects 3: executors of 3 cores do not fit tasks of 2"));
  }

  @Test
  void oneExecutorMustFitTheTotal() {
    RunProfile wide = vendorRule().config("spark.executor.cores", "2").build();
    assertThat(Guard.check(wide, List.of(change("spark.cores.max", "1"))).rejected())
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.reason())
                    .contains("spark.cores.max 1 is less than one executor's 2"));
  }

  @Test
  void onlyTunableKeysLeaveTheTuner() {
    assertThat(fault(change("spark.driver.host", "10.0.0.1")))
        .isEqualTo("the guard rejects 10.0.0.1: it is not among the parameters that may be set");
  }
}
