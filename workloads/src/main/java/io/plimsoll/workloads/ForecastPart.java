// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Each nation's daily order value a day ahead, by double exponential smoothing with the best of a
 * grid of parameters. The grid is searched in the driver, as people do: the executors wait.
 */
final class ForecastPart implements Part {
  private static final int GRID = 48;

  private static final String SERIES =
      "SELECT n_name, o_orderdate, CAST(sum(o_totalprice) * 100 AS BIGINT)"
          + " FROM orders JOIN customer ON c_custkey = o_custkey"
          + " JOIN nation ON n_nationkey = c_nationkey"
          + " GROUP BY n_name, o_orderdate";

  @Override
  public String name() {
    return "order-forecast";
  }

  @Override
  public List<List<Object>> run(SparkSession spark) {
    Map<String, TreeMap<LocalDate, Long>> series = new TreeMap<>();
    for (Row row : spark.sql(SERIES).collectAsList()) {
      series
          .computeIfAbsent(row.getString(0), nation -> new TreeMap<>())
          .put(row.getLocalDate(1), row.getLong(2));
    }
    List<List<Object>> rows = new ArrayList<>();
    series.forEach((nation, days) -> rows.add(best(nation, days.values())));
    return rows;
  }

  private static List<Object> best(String nation, Collection<Long> values) {
    double[] series = values.stream().mapToDouble(Long::doubleValue).toArray();
    Smoothing best = Smoothing.over(series, 1.0 / GRID, 1.0 / GRID);
    for (int level = 1; level <= GRID; level++) {
      for (int trend = 1; trend <= GRID; trend++) {
        Smoothing next = Smoothing.over(series, (double) level / GRID, (double) trend / GRID);
        if (next.squaredError < best.squaredError) {
          best = next;
        }
      }
    }
    return List.of(
        nation, series.length, best.levelWeight, best.trendWeight, Math.rint(best.ahead));
  }

  /** One pass of double exponential smoothing (Holt 1957) over a series. */
  private record Smoothing(
      double levelWeight, double trendWeight, double squaredError, double ahead) {
    static Smoothing over(double[] series, double levelWeight, double trendWeight) {
      double level = series[0];
      double trend = 0;
      double squaredError = 0;
      for (double value : series) {
        double error = value - level - trend;
        squaredError += error * error;
        double before = level;
        level += trend + levelWeight * error;
        trend += trendWeight * (level - before - trend);
      }
      return new Smoothing(levelWeight, trendWeight, squaredError, level + trend);
    }
  }
}
