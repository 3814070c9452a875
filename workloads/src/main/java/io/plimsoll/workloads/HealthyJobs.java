// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import static org.apache.spark.sql.functions.expr;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Applications that nobody would change: even partitions of some tens of megabytes, seconds per
 * task, memory to spare but not much. Each takes one day of data after the other.
 */
final class HealthyJobs {
  private HealthyJobs() {}

  static void addTo(Map<String, PlantedJob.Step> steps) {
    steps.put("aggregation", days(HealthyJobs::aggregate));
    steps.put("broadcast-join", days(HealthyJobs::broadcastJoin));
    steps.put("sort", days(HealthyJobs::sort));
    steps.put("merge-join", days(HealthyJobs::mergeJoin));
    steps.put("window", days(HealthyJobs::window));
    steps.put("word-count", days(HealthyJobs::wordCount));
    steps.put("iterative-cache", HealthyJobs::iterative);
    steps.put("etl", HealthyJobs::etl);
    steps.put("micro-jobs", HealthyJobs::microJobs);
    steps.put("tpch", HealthyJobs::tpch);
  }

  private interface Day {
    void run(SparkSession spark, long from);
  }

  private static PlantedJob.Step days(Day day) {
    return (spark, input) -> {
      spark.conf().set("spark.sql.shuffle.partitions", "8");
      long end = input.deadlineNanos();
      for (long number = 0; number == 0 || System.nanoTime() < end; number++) {
        day.run(spark, number * 100_000_000L);
      }
    };
  }

  private static Dataset<Row> sales(SparkSession spark, long from, long rows) {
    return spark
        .range(from, from + rows, 1, 8)
        .selectExpr("id", "pmod(hash(id), 200000) as account", "id % 1009 as amount");
  }

  private static void aggregate(SparkSession spark, long from) {
    SqlPlants.say(
        sales(spark, from, 70_000_000)
            .groupBy("account")
            .agg(expr("sum(amount) as total"), expr("avg(amount) as mean"), expr("max(id) as last"))
            .selectExpr("count(*)", "max(total)", "max(mean)"));
  }

  private static void broadcastJoin(SparkSession spark, long from) {
    Dataset<Row> accounts =
        spark.range(0, 20_000, 1, 2).selectExpr("id as account", "id % 31 as branch");
    SqlPlants.say(
        sales(spark, from, 90_000_000)
            .join(accounts, "account")
            .groupBy("branch")
            .agg(expr("sum(amount) as total"))
            .selectExpr("count(*)", "max(total)"));
  }

  private static void sort(SparkSession spark, long from) {
    SqlPlants.say(
        sales(spark, from, 10_000_000)
            .selectExpr("id", "hash(account, id) as code", "amount")
            .orderBy("code")
            .selectExpr("sum(amount)", "max(code)"));
  }

  private static void mergeJoin(SparkSession spark, long from) {
    Dataset<Row> paid =
        spark
            .range(from, from + 7_000_000, 1, 8)
            .selectExpr("id", "hash(id) as receipt", "sha2(cast(id as string), 224) as note");
    SqlPlants.say(
        sales(spark, from, 8_000_000)
            .join(paid, "id")
            .selectExpr("count(*)", "max(receipt)", "max(note)"));
  }

  private static void window(SparkSession spark, long from) {
    SqlPlants.say(
        sales(spark, from, 8_000_000)
            .selectExpr(
                "account", "rank() over (partition by account order by amount, id) as place")
            .selectExpr("sum(place)", "max(account)"));
  }

  private static void wordCount(SparkSession spark, long from) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<Integer> parts = context.parallelize(List.of(0, 1, 2, 3, 4, 5, 6, 7), 8);
    long words =
        parts
            .flatMap(part -> new Words(from + part, 1_600_000))
            .mapToPair(word -> new Tuple2<>(word, 1L))
            .reduceByKey(Long::sum, 8)
            .count();
    System.out.println(words);
  }

  /** Points are cached once and read again and again, with a sum for each round. */
  private static void iterative(SparkSession spark, PlantedInput input) {
    JavaRDD<double[]> points =
        spark
            .range(0, 3_000_000, 1, 8)
            .selectExpr("cast(pmod(hash(id), 1000) as double)", "cast(id % 1009 as double)")
            .javaRDD()
            .map(row -> new double[] {row.getDouble(0), row.getDouble(1)})
            .persist(StorageLevel.MEMORY_ONLY());
    double slope = 0;
    long end = input.deadlineNanos();
    while (System.nanoTime() < end) {
      double now = slope;
      slope =
          slope
              + 1e-9
                  * points
                      .map(
                          point -> {
                            double step = 0;
                            for (int i = 0; i < 60; i++) {
                              step += Math.sqrt(point[0] * i + 1) - now * point[1];
                            }
                            return step;
                          })
                      .reduce(Double::sum);
    }
    points.unpersist(true);
    System.out.println(slope);
  }

  /** Reads a table, derives columns and writes files of a sensible size, for several regions. */
  private static void etl(SparkSession spark, PlantedInput input) {
    long end = input.deadlineNanos();
    for (int region = 0; region == 0 || System.nanoTime() < end; region++) {
      spark
          .read()
          .parquet(input.path("tpch/lineitem"))
          .filter("l_suppkey % 7 <> " + region % 7)
          .selectExpr(
              "*",
              "l_extendedprice * (1 - l_discount) as revenue",
              "sha2(concat(cast(l_orderkey as string), cast(l_linenumber as string)), 256) as line_code",
              "year(l_shipdate) as ship_year")
          .write()
          .mode("overwrite")
          .parquet(input.path("out/region-" + region));
    }
  }

  /** As a stream in small batches: a second or two of work, and no pause to speak of. */
  private static void microJobs(SparkSession spark, PlantedInput input) {
    spark.conf().set("spark.sql.shuffle.partitions", "4");
    long end = input.deadlineNanos();
    for (long batch = 0; System.nanoTime() < end; batch++) {
      SqlPlants.say(
          sales(spark, batch * 100_000_000L, 25_000_000)
              .groupBy("account")
              .agg(expr("sum(amount) as total"))
              .selectExpr("count(*)", "max(total)"));
    }
  }

  private static void tpch(SparkSession spark, PlantedInput input) throws InterruptedException {
    for (String table : TpchTables.names()) {
      spark
          .read()
          .parquet(TpchData.tablePath(input.data().resolve("tpch"), table))
          .createOrReplaceTempView(table);
    }
    List<String> queries =
        input.isFirst()
            ? List.of(
                "q1-pricing-summary",
                "q3-unshipped-orders",
                "q5-local-suppliers",
                "q9-profit-by-nation")
            : List.of(
                "q6-discount-effect",
                "q10-returned-items",
                "q12-late-shipments",
                "q18-large-orders");
    for (String query : queries) {
      System.out.println(new SqlPart(query).run(spark).size());
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
