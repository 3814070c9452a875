// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFunction;
import org.apache.spark.shuffle.FetchFailedException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * An application in which everything happens that a driver can tell, with secrets planted wherever
 * one can stand. Its only argument is a folder for its state.
 */
public final class EventsJob {
  /** The word that may not leave the host. */
  public static final String SECRET = "hunter2hunter2";

  private static final String JDBC = "jdbc:postgresql://db/x?user=me&password=" + SECRET;

  private EventsJob() {}

  /** Runs everything; ends with exit code 0 when each part came out as it should. */
  public static void main(String[] args) throws Exception {
    Path state = Path.of(args[0]);
    SparkSession session =
        SparkSession.builder()
            .appName("events https://me:" + SECRET + "@repo.example/x")
            .getOrCreate();
    try (JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext())) {
      queries(session);
      failingQuery(session);
      cached(context);
      fetchFailure(context);
      speculation(context, state);
      failure(context);
      cancelled(context, state);
      lostExecutor(context, state);
    }
    System.out.println("done");
  }

  private static void queries(SparkSession session) {
    session.conf().set("spark.sql.my.password", SECRET);
    session.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    session.range(0, 4000).selectExpr("id", "id % 7 as k").createOrReplaceTempView("facts");
    session.range(0, 7).selectExpr("id as k", "id * 2 as v").createOrReplaceTempView("small");
    session
        .sparkContext()
        .setJobDescription("select with customer-4711 Bearer " + SECRET + " from " + JDBC);
    session
        .sql(
            "select s.v, count(*), max('password="
                + SECRET
                + "') from facts f join small s"
                + " on f.k = s.k where f.id > (select avg(k) from small group by 'a')"
                + " and concat(cast(f.id as string), 'AKIAIOSFODNN7EXAMPLE') <> '"
                + JDBC
                + "'"
                + " group by s.v")
        .collectAsList();
    session
        .sql("select /*+ BROADCAST(s) */ count(*) from facts f join small s on f.k = s.k")
        .collectAsList();
    session.sparkContext().setJobDescription(null);
  }

  private static void failingQuery(SparkSession session) {
    expectFailure(
        () ->
            session
                .sql("select raise_error('cannot reach " + JDBC + "') from range(3)")
                .collectAsList());
  }

  private static void cached(JavaSparkContext context) {
    JavaRDD<Integer> kept =
        context
            .parallelize(List.of(1, 2, 3, 4), 2)
            .map(i -> i + 1)
            .setName("kept secret=" + SECRET);
    kept.persist(StorageLevel.MEMORY_AND_DISK());
    kept.count();
    kept.count();
    kept.unpersist(true);
  }

  private static void fetchFailure(JavaSparkContext context) {
    JavaPairRDD<Integer, Integer> pairs =
        context
            .parallelize(List.of(1, 2, 3, 4), 2)
            .mapToPair((PairFunction<Integer, Integer, Integer>) i -> new Tuple2<>(i % 2, i));
    JavaPairRDD<Integer, Integer> grouped = pairs.partitionBy(new HashPartitioner(2));
    int shuffle =
        ((org.apache.spark.ShuffleDependency<?, ?, ?>) grouped.rdd().dependencies().head())
            .shuffleId();
    grouped
        .map(
            (Function<Tuple2<Integer, Integer>, Integer>)
                group -> {
                  if (TaskContext.get().stageAttemptNumber() == 0) {
                    throw new FetchFailedException(
                        SparkEnv.get().blockManager().blockManagerId(),
                        shuffle,
                        0L,
                        0,
                        TaskContext.getPartitionId(),
                        new java.io.IOException("lost pwd=" + SECRET));
                  }
                  return group._1();
                })
        .count();
  }

  private static void speculation(JavaSparkContext context, Path state) {
    String first = state.resolve("slow").toString();
    context
        .parallelize(List.of(0, 1, 2, 3), 4)
        .map(
            (Function<Integer, Integer>)
                i -> {
                  if (i == 3 && Path.of(first).toFile().mkdir()) {
                    // Spark asks for a copy, and has no other host to run it on.
                    TimeUnit.SECONDS.sleep(10);
                  }
                  TimeUnit.MILLISECONDS.sleep(300);
                  return i;
                })
        .collect();
  }

  private static void failure(JavaSparkContext context) {
    expectFailure(
        () ->
            context
                .parallelize(List.of(1), 1)
                .map(
                    (Function<Integer, Integer>)
                        i -> {
                          throw new IllegalStateException("no answer from " + JDBC);
                        })
                .collect());
  }

  private static void lostExecutor(JavaSparkContext context, Path state) {
    String first = state.resolve("lost").toString();
    context
        .parallelize(List.of(0, 1), 2)
        .map(
            (Function<Integer, Integer>)
                i -> {
                  if (i == 0 && Path.of(first).toFile().mkdir()) {
                    Runtime.getRuntime().halt(137);
                  }
                  return i;
                })
        .collect();
  }

  private static void cancelled(JavaSparkContext context, Path state) throws InterruptedException {
    Path started = state.resolve("cancelled");
    String mark = started.toString();
    AtomicBoolean ended = new AtomicBoolean();
    Thread canceller =
        new Thread(
            () -> {
              while (!ended.get()) {
                LockSupport.parkNanos(50_000_000L);
                if (started.toFile().exists()) {
                  context.cancelJobGroup("nightly");
                }
              }
            });
    canceller.start();
    context.setJobGroup("nightly", "cancel --password " + SECRET, true);
    expectFailure(
        () ->
            context
                .parallelize(List.of(1, 2), 2)
                .map(
                    (Function<Integer, Integer>)
                        i -> {
                          Path.of(mark).toFile().mkdir();
                          TimeUnit.SECONDS.sleep(60);
                          return i;
                        })
                .collect());
    ended.set(true);
    canceller.join();
    context.clearJobGroup();
  }

  private static void expectFailure(Runnable work) {
    try {
      work.run();
    } catch (Throwable expected) {
      // Scala throws what Java would have to declare.
      return;
    }
    throw new IllegalStateException("this part should have failed");
  }
}
