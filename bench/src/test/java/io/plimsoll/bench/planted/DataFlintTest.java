// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

import static io.plimsoll.bench.planted.LogLines.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values by hand from the limits that the alerts' files name. */
class DataFlintTest {
  private static final Said SKEW = new Said("partition skew", 1);

  /** Two cores that are busy for the whole ten seconds, and a heap that is used well. */
  private static LogLines busy() {
    return new LogLines()
        .conf("spark.executor.memory", "1000m")
        .executor("1", 2)
        .heapPeak("1", 800 * LogLines.MIB)
        .job(9, 9, "prepare", -1)
        .stage(9, 2, 9_000)
        .task(9, "1", 9_000, 0, 0, 0)
        .task(9, "1", 9_000, 0, 0, 0);
  }

  private static List<Said> of(LogLines lines) throws IOException {
    return DataFlint.of(lines.end(10_000));
  }

  @Test
  void busyLog_nothingIsSaid() throws IOException {
    assertThat(of(busy())).isEmpty();
  }

  @Test
  void memory_aboveNineteenTwentieths_orBelowSevenTenths() throws IOException {
    assertThat(of(busy().heapPeak("1", 951 * LogLines.MIB)))
        .containsExactly(new Said("executor memory too high", 2));
    assertThat(of(busy().conf("spark.executor.memory", "1200m")))
        .containsExactly(new Said("executor memory too low", 1));
  }

  @Test
  void wastedCores_moreThanHalf() throws IOException {
    assertThat(of(busy().executor("2", 2).heapPeak("2", 800 * LogLines.MIB)))
        .containsExactly(new Said("wasted cores", 1));
  }

  @Test
  void skew_moreThanTenTimesTheMedianAndFiveSeconds_onlyOfQueries() throws IOException {
    assertThat(of(skewed(0, 500))).containsExactly(SKEW);
    assertThat(of(skewed(-1, 500))).isEmpty();
    assertThat(of(skewed(0, 499))).isEmpty();
  }

  private static LogLines skewed(int query, long median) {
    return busy()
        .job(1, 1, "main", query)
        .stage(1, 3, 1_200)
        .task(1, "1", median, 0, 0, 0)
        .task(1, "1", median, 0, 0, 0)
        .task(1, "1", 10 * median + 1, 0, 0, 0);
  }

  @Test
  void broadcast_aboveAGibibyte() throws IOException {
    String plan = node("BroadcastExchange", List.of("data size=1"));

    assertThat(of(busy().query(0, "main", plan).metric(1, LogLines.GIB + 1)))
        .containsExactly(new Said("broadcast too large", 1));
    assertThat(of(busy().query(0, "main", plan).metric(1, LogLines.GIB))).isEmpty();
  }

  @Test
  void missedBroadcast_whenTheSmallerSideIsBelowTenMebibytes() throws IOException {
    String plan =
        node(
            "SortMergeJoin",
            List.of(),
            node("Sort", List.of(), node("Exchange", List.of("data size=1"))),
            node("Sort", List.of(), node("Exchange", List.of("data size=2"))));

    assertThat(
            of(busy().query(0, "main", plan).metric(1, 9 * LogLines.MIB).metric(2, LogLines.GIB)))
        .containsExactly(new Said("sort-merge join could be broadcast", 1));
    assertThat(
            of(busy().query(0, "main", plan).metric(1, 11 * LogLines.MIB).metric(2, LogLines.GIB)))
        .isEmpty();
  }

  @Test
  void missedBroadcast_growsWithTheLargerSide() {
    assertThat(DataFlint.couldBeBroadcast(99 * LogLines.MIB, 11 * LogLines.GIB)).isTrue();
    assertThat(DataFlint.couldBeBroadcast(99 * LogLines.MIB, 9 * LogLines.GIB)).isFalse();
    assertThat(DataFlint.couldBeBroadcast(900 * LogLines.MIB, 301 * LogLines.GIB)).isTrue();
    assertThat(DataFlint.couldBeBroadcast(4 * LogLines.GIB, 1025 * LogLines.GIB)).isTrue();
    assertThat(DataFlint.couldBeBroadcast(6 * LogLines.GIB, 1025 * LogLines.GIB)).isFalse();
  }

  @Test
  void crossJoin_aboveTenThousandMillionRows() throws IOException {
    String plan = node("CartesianProduct", List.of("number of output rows=1"));

    assertThat(of(busy().query(0, "main", plan).metric(1, 10_000_000_001L)))
        .containsExactly(new Said("large cross join", 2));
    assertThat(of(busy().query(0, "main", plan).metric(1, 10_000_000_000L))).isEmpty();
  }

  @Test
  void smallFiles_moreThanAHundredBelowThreeMebibytes() throws IOException {
    String plan = node("Scan parquet", List.of("number of files read=1", "size of files read=2"));

    assertThat(of(busy().query(0, "main", plan).metric(1, 101).metric(2, 302 * LogLines.MIB)))
        .containsExactly(new Said("read small files", 1));
    assertThat(of(busy().query(0, "main", plan).metric(1, 100).metric(2, 1_000))).isEmpty();
    assertThat(of(busy().query(0, "main", plan).metric(1, 101).metric(2, 304 * LogLines.MIB)))
        .isEmpty();
  }
}
