// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Problems of how work is cut into tasks, of where it runs, and of what it waits for. */
final class TaskPlants {
  private TaskPlants() {}

  static void addTo(Map<String, PlantedJob.Step> steps) {
    steps.put("executor-killed", TaskPlants::shuffledWork);
    steps.put("slow-executor", TaskPlants::evenWork);
    steps.put("child-process", TaskPlants::childProcess);
    steps.put("too-many-partitions", TaskPlants::tooManyPartitions);
    steps.put("tiny-partitions", TaskPlants::tinyPartitions);
    steps.put("too-few-partitions", TaskPlants::tooFewPartitions);
    steps.put("speculative-stragglers", TaskPlants::stragglers);
    steps.put("driver-bound-loop", TaskPlants::driverBoundLoop);
  }

  /** Even tasks before and behind a shuffle, whose files an executor takes with it when it dies. */
  private static void shuffledWork(SparkSession spark, PlantedInput input) {
    int tasks = input.of(36, 48);
    JavaPairRDD<Integer, Long> sums =
        numbers(spark, tasks)
            .flatMapToPair(
                number -> {
                  long spun = compute(600);
                  List<Tuple2<Integer, Long>> pairs = new ArrayList<>();
                  for (int i = 0; i < 2_000; i++) {
                    pairs.add(new Tuple2<>(i * 31 + number, spun + i));
                  }
                  return pairs.iterator();
                })
            .reduceByKey(Long::sum, 24);
    System.out.println(sums.mapValues(sum -> sum ^ compute(1)).count());
  }

  /** Rounds of even tasks, each of which waits for its last one. */
  private static void evenWork(SparkSession spark, PlantedInput input) {
    int millis = input.of(1_600, 1_200);
    for (int round = 0; round < 4; round++) {
      System.out.println(numbers(spark, input.of(6, 9)).map(number -> compute(millis)).count());
    }
  }

  /** Each partition goes through a program of another language, for which the JVM waits. */
  private static void childProcess(SparkSession spark, PlantedInput input) {
    String program =
        input.isFirst()
            ? "{ s = 0; for (i = 0; i < 9000000; i++) s += sin(i * $1); print s }"
            : "{ for (i = 0; i < 900000; i++) a[i] = i * $1; for (i = 0; i < 4000000; i++)"
                + " s += a[i % 900000]; print s }";
    JavaRDD<String> told =
        numbers(spark, input.of(40, 44)).map(String::valueOf).pipe(List.of("awk", program));
    System.out.println(told.map(String::length).reduce(Integer::sum));
  }

  /** Thousands of tasks for next to nothing. */
  private static void tooManyPartitions(SparkSession spark, PlantedInput input) {
    if (input.isFirst()) {
      spark.conf().set("spark.sql.adaptive.enabled", "false");
      spark.conf().set("spark.sql.shuffle.partitions", "9000");
      SqlPlants.say(
          spark
              .range(0, 400_000, 1, 4)
              .selectExpr("pmod(hash(id), 50000) as account", "id")
              .groupBy("account")
              .count()
              .selectExpr("sum(count)"));
      return;
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, 120_000).boxed().toList());
    System.out.println(
        context.parallelize(numbers, 12_000).map(number -> number * 31L).reduce(Long::sum));
  }

  /** A little data that keeps hundreds of partitions through several shuffles. */
  private static void tinyPartitions(SparkSession spark, PlantedInput input) {
    int partitions = input.of(700, 900);
    JavaPairRDD<Integer, Long> pairs =
        numbers(spark, 40)
            .flatMapToPair(
                number -> {
                  List<Tuple2<Integer, Long>> made = new ArrayList<>();
                  for (int i = 0; i < 2_000; i++) {
                    made.add(new Tuple2<>(number * 2_000 + i, (long) i));
                  }
                  return made.iterator();
                })
            .repartition(partitions);
    for (int round = 0; round < input.of(6, 5); round++) {
      int step = round;
      pairs =
          pairs
              .mapToPair(pair -> new Tuple2<>(pair._1() * 7 + step, pair._2()))
              .reduceByKey(Long::sum, partitions + step);
    }
    System.out.println(pairs.count());
  }

  /** Fewer tasks than the cluster has cores, with all the work in them. */
  private static void tooFewPartitions(SparkSession spark, PlantedInput input) {
    if (input.isFirst()) {
      SqlPlants.say(
          spark
              .range(0, 24_000_000, 1, 12)
              .coalesce(1)
              .selectExpr(SqlPlants.dear("cast(id as string)")));
      return;
    }
    List<Integer> all = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    System.out.println(context.parallelize(all, 2).map(number -> compute(700)).count());
  }

  /** Some first attempts wait for something that their copies find at once. */
  private static void stragglers(SparkSession spark, PlantedInput input) {
    int every = input.of(5, 4);
    System.out.println(
        numbers(spark, input.of(240, 200))
            .map(
                number -> {
                  if (number % every == 1
                      && TaskContext.get().attemptNumber() == 0
                      && TaskContext.get().partitionId() > 20) {
                    waitFor(5_000);
                  }
                  return compute(120);
                })
            .count());
  }

  /** The driver thinks for a second, asks for a little, and thinks again. */
  private static void driverBoundLoop(SparkSession spark, PlantedInput input) {
    int rounds = input.of(14, 70);
    long sum = 0;
    for (int round = 0; round < rounds; round++) {
      sum += compute(input.of(1_800, 350));
      sum += numbers(spark, 4).map(number -> number * 31L).reduce(Long::sum);
    }
    System.out.println(sum);
  }

  static JavaRDD<Integer> numbers(SparkSession spark, int count) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(new ArrayList<>(IntStream.range(0, count).boxed().toList()), count);
  }

  private static void waitFor(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("told to end", e);
    }
  }

  /** The same work each time, about so many milliseconds of it on the machines of 2026. */
  static long compute(long millis) {
    long spun = 0;
    for (long i = 0; i < millis * 500_000; i++) {
      spun += Long.rotateLeft(spun ^ i, 7);
    }
    return spun;
  }
}
