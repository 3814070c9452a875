// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Problems that a query's plan or its data's distribution has. */
final class SqlPlants {
  private SqlPlants() {}

  static void addTo(Map<String, PlantedJob.Step> steps) {
    steps.put("skewed-key", SqlPlants::skewedKey);
    steps.put("huge-partitions", SqlPlants::hugePartitions);
    steps.put("missed-broadcast", SqlPlants::missedBroadcast);
    steps.put("cartesian", SqlPlants::cartesian);
    steps.put("oversized-broadcast", SqlPlants::oversizedBroadcast);
    steps.put("recomputed-lineage", SqlPlants::recomputedLineage);
    steps.put("small-files", SqlPlants::smallFiles);
    steps.put("spill", SqlPlants::spill);
  }

  /** Sales of one day: 24 bytes a row, accounts evenly spread. */
  private static Dataset<Row> sales(SparkSession spark, long rows, int partitions) {
    return spark
        .range(0, rows, 1, partitions)
        .selectExpr("id", "pmod(hash(id), 20000) as account", "id % 1009 as amount");
  }

  /** Two thirds of the rows have the same key: in a window, or in a join. */
  private static void skewedKey(SparkSession spark, PlantedInput input) {
    spark.conf().set("spark.sql.shuffle.partitions", "24");
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
    Dataset<Row> sales =
        spark
            .range(0, input.of(9_000_000, 10_000_000), 1, 12)
            .selectExpr(
                "id",
                "if(pmod(hash(id), 100) < 66, 7, pmod(hash(id * 7), 100000)) as account",
                "id % 1009 as amount");
    if (input.isFirst()) {
      say(
          sales
              .selectExpr(
                  "account",
                  "row_number() over (partition by account order by amount, id) as place",
                  "avg(amount) over (partition by account) as mean")
              .selectExpr(dear("concat(cast(place as string), cast(mean as string))")));
      return;
    }
    Dataset<Row> accounts =
        spark
            .range(0, 1_000_000, 1, 8)
            .selectExpr("id as account", "sha2(cast(id as string), 256) as holder");
    say(
        sales
            .join(accounts, "account")
            .selectExpr(dear("concat(holder, cast(amount as string))"), "count(*)"));
  }

  /** A few microseconds of work for each row. */
  static String dear(String text) {
    return "sum(crc32(sha2(sha2(sha2(sha2(" + text + ", 256), 256), 256), 256)))";
  }

  /** Two partitions for what does not fit into the memory of the tasks that sort them. */
  private static void hugePartitions(SparkSession spark, PlantedInput input) {
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    Dataset<Row> lines =
        spark
            .range(0, input.of(9_000_000, 7_000_000), 1, 12)
            .selectExpr("id", "sha2(cast(id as string), 256) as text");
    if (input.isFirst()) {
      spark.conf().set("spark.sql.shuffle.partitions", "2");
      say(
          lines
              .selectExpr(
                  "text", "lag(text) over (partition by pmod(id, 500) order by text) as before")
              .selectExpr("sum(crc32(text))", "count(before)"));
      return;
    }
    // Whoever only adds up does not get the rows sorted.
    System.out.println(
        lines
            .repartition(2, expr("pmod(hash(id), 1000)"))
            .sortWithinPartitions("text")
            .toJavaRDD()
            .map(row -> (long) row.getString(1).hashCode())
            .reduce(Long::sum));
  }

  /** A table of a few hundred kilobytes is shuffled and sorted together with a large one. */
  private static void missedBroadcast(SparkSession spark, PlantedInput input) {
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    spark.conf().set("spark.sql.shuffle.partitions", "16");
    Dataset<Row> accounts = spark.range(0, 20_000).selectExpr("id as account", "id % 31 as branch");
    Dataset<Row> sales =
        sales(spark, input.of(22_000_000, 28_000_000), 12)
            .selectExpr("id", "account", "amount", "crc32(cast(id as string)) as code");
    if (!input.isFirst()) {
      accounts = accounts.hint("merge");
    }
    say(
        sales
            .join(accounts, "account")
            .groupBy("branch")
            .agg(expr("sum(amount)"), expr("max(code)"))
            .selectExpr("count(*)"));
  }

  /** No equality in the join: every row meets every other. */
  private static void cartesian(SparkSession spark, PlantedInput input) {
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", input.isFirst() ? "-1" : "10485760");
    long rows = input.of(24_000, 50_000);
    Dataset<Row> ours = spark.range(0, rows, 1, 8).selectExpr("id as a", "hash(id) as x");
    Dataset<Row> theirs = spark.range(0, rows, 1, 2).selectExpr("id as b", "hash(id, 1) as y");
    Dataset<Row> pairs =
        input.isFirst()
            ? ours.crossJoin(theirs)
            : ours.join(theirs, expr("x < y and pmod(a + b, 97) < 50"));
    say(pairs.selectExpr("count(*)", "sum(pmod(x, 1009) + pmod(y, 1009))"));
  }

  /** A table of about a gigabyte is collected in the driver and sent to every executor. */
  private static void oversizedBroadcast(SparkSession spark, PlantedInput input) {
    int rows = input.of(6_500_000, 8_000_000);
    Dataset<Row> large =
        spark
            .range(0, rows, 1, 8)
            .selectExpr("id as account", "repeat(sha2(cast(id as string), 256), 2) as holder");
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", input.isFirst() ? "10m" : "3g");
    Dataset<Row> sales = sales(spark, 6_000_000, 12);
    Dataset<Row> joined = sales.join(input.isFirst() ? broadcast(large) : large, "account");
    say(joined.selectExpr("sum(crc32(holder))", "sum(amount)"));
  }

  /** The same dear aggregate is asked for by one action after the other and kept by none. */
  private static void recomputedLineage(SparkSession spark, PlantedInput input) {
    spark.conf().set("spark.sql.shuffle.partitions", "16");
    Dataset<Row> totals =
        spark
            .range(0, input.of(4_500_000, 3_500_000), 1, 12)
            .selectExpr(
                "pmod(hash(id), 3000000) as account",
                "crc32(sha2(cast(id as string), 256)) as code")
            .groupBy("account")
            .agg(expr("max(code) as code"), expr("count(*) as sales"));
    int actions = input.of(6, 8);
    for (int i = 0; i < actions; i++) {
      say(totals.filter("code % 11 = " + i).selectExpr("count(*)", "sum(sales)"));
    }
  }

  /** Thousands of files of a kilobyte or two. */
  private static void smallFiles(SparkSession spark, PlantedInput input) {
    String folder = input.path(input.isFirst() ? "small-parquet" : "small-csv");
    for (int round = 0; round < 2; round++) {
      Dataset<Row> read =
          input.isFirst()
              ? spark.read().parquet(folder)
              : spark.read().schema("id long, account long, amount long").csv(folder);
      say(
          read.filter("amount % 5 <> " + round)
              .groupBy("account")
              .agg(expr("sum(amount) as total"))
              .selectExpr("count(*)", "sum(total)"));
    }
  }

  /** Sorts and aggregates of more than what the executors leave for them. */
  private static void spill(SparkSession spark, PlantedInput input) {
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
    spark.conf().set("spark.sql.shuffle.partitions", "8");
    Dataset<Row> lines =
        spark
            .range(0, input.of(9_000_000, 7_000_000), 1, 12)
            .selectExpr("id", "sha2(cast(id as string), 256) as text");
    if (input.isFirst()) {
      say(
          lines
              .selectExpr(
                  "text",
                  "id",
                  "lag(id) over (partition by pmod(id, 4000) order by text) as before")
              .selectExpr("sum(crc32(text))", "count(before)"));
    } else {
      say(
          lines
              .groupBy("text")
              .agg(expr("max(id) as id"), expr("min(id) as first"))
              .selectExpr("sum(id - first)", "sum(crc32(text))"));
    }
  }

  static void say(Dataset<Row> result) {
    System.out.println(result.collectAsList());
  }
}
