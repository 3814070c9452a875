// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Groups order lines by k-means over points that are cached as Java objects, about 52 bytes each.
 * Coordinates are whole numbers and so are their sums: the centres come out the same to the last
 * bit however the points are spread.
 */
final class ClusteringPart implements Part {
  private static final int ROUNDS = 8;
  private static final int CENTRES = 24;

  /** Pieces, cents, percent, days from shipping to receipt. */
  private static final int DIMENSIONS = 4;

  private static final double[] RANGES = {50, 10_500_000, 10, 30};

  private static final String POINTS =
      "SELECT CAST(l_quantity AS BIGINT), CAST(l_extendedprice * 100 AS BIGINT),"
          + " CAST(l_discount * 100 AS BIGINT), CAST(datediff(l_receiptdate, l_shipdate) AS BIGINT)"
          + " FROM lineitem";

  @Override
  public String name() {
    return "line-clustering";
  }

  @Override
  public List<List<Object>> run(SparkSession spark) {
    JavaRDD<long[]> points =
        spark
            .sql(POINTS)
            .javaRDD()
            .map(row -> new long[] {row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3)})
            .persist(StorageLevel.MEMORY_ONLY());
    try {
      double[][] centres = firstCentres();
      Sums sums = new Sums();
      for (int round = 0; round < ROUNDS; round++) {
        double[][] now = centres;
        sums = points.aggregate(new Sums(), (into, point) -> into.add(now, point), Sums::merge);
        centres = sums.centres(now);
      }
      return sums.rows();
    } finally {
      points.unpersist(true);
    }
  }

  /** On the diagonal of the space, evenly. */
  private static double[][] firstCentres() {
    double[][] centres = new double[CENTRES][DIMENSIONS];
    for (int c = 0; c < CENTRES; c++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        centres[c][d] = RANGES[d] * ((c * (d + 1)) % CENTRES + 0.5) / CENTRES;
      }
    }
    return centres;
  }

  /** How many points each centre has, and their coordinates added up. */
  private static final class Sums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[] counts = new long[CENTRES];
    private final long[][] totals = new long[CENTRES][DIMENSIONS];

    Sums add(double[][] centres, long[] point) {
      int nearest = 0;
      double least = Double.MAX_VALUE;
      for (int c = 0; c < CENTRES; c++) {
        double distance = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
          double difference = (point[d] - centres[c][d]) / RANGES[d];
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          nearest = c;
        }
      }
      counts[nearest]++;
      for (int d = 0; d < DIMENSIONS; d++) {
        totals[nearest][d] += point[d];
      }
      return this;
    }

    Sums merge(Sums other) {
      for (int c = 0; c < CENTRES; c++) {
        counts[c] += other.counts[c];
        for (int d = 0; d < DIMENSIONS; d++) {
          totals[c][d] += other.totals[c][d];
        }
      }
      return this;
    }

    /** The means; a centre without points stays where it was. */
    double[][] centres(double[][] before) {
      double[][] after = new double[CENTRES][];
      for (int c = 0; c < CENTRES; c++) {
        after[c] = before[c].clone();
        for (int d = 0; counts[c] > 0 && d < DIMENSIONS; d++) {
          after[c][d] = (double) totals[c][d] / counts[c];
        }
      }
      return after;
    }

    List<List<Object>> rows() {
      List<List<Object>> rows = new ArrayList<>();
      for (int c = 0; c < CENTRES; c++) {
        List<Object> row = new ArrayList<>();
        row.add(c);
        row.add(counts[c]);
        for (long total : totals[c]) {
          row.add(total);
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
