// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * A Spark application for child JVMs: many tiny tasks, some that fail once, two that work until the
 * file whose name is given is there and are then cancelled, and ten more. What Spark itself says of
 * each attempt goes into a table: stage, its attempt, task, partition, attempt, reason, CPU
 * nanoseconds.
 */
public final class SparkAttemptsJob {
  private static final int FAILING = 20;
  private static final int CANCELLED = 2;
  private static final int LAST = 10;
  private static final int LONGEST_SECONDS = 300;

  private SparkAttemptsJob() {}

  /** Arguments: where the table goes, how many tiny tasks, the file that ends the long tasks. */
  public static void main(String[] arguments) throws Exception {
    Ends ends = new Ends();
    int tiny = Integer.parseInt(arguments[1]);
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
      spark.sc().addSparkListener(ends);
      spark.parallelize(Collections.nCopies(tiny, 1), tiny).foreach(one -> {});
      spark
          .parallelize(Collections.nCopies(FAILING, 1), FAILING)
          .foreach(
              one -> {
                TaskContext task = TaskContext.get();
                if (task.attemptNumber() == 0 && task.partitionId() % 4 == 1) {
                  throw new IllegalStateException("planted");
                }
              });
      spark.setJobGroup("cancelled", "a job that is cancelled", true);
      JavaFutureAction<Void> cancelled =
          spark
              .parallelize(Collections.nCopies(CANCELLED, 1), CANCELLED)
              .foreachAsync(one -> burnFor(LONGEST_SECONDS));
      await(() -> ends.started.get() == CANCELLED);
      Files.createFile(Path.of(arguments[2] + ".burning"));
      await(() -> Files.exists(Path.of(arguments[2])));
      spark.cancelJobGroup("cancelled");
      try {
        cancelled.get(LONGEST_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException expected) {
        spark.clearJobGroup();
      }
      await(() -> ends.ended.get() == CANCELLED);
      spark.parallelize(Collections.nCopies(LAST, 1), LAST).foreach(one -> {});
    }
    Files.write(Path.of(arguments[0]), List.copyOf(ends.lines.values()));
  }

  private static void await(Callable<Boolean> reached) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!reached.call()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("waited too long");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void burnFor(int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    double sum = 0;
    while (System.nanoTime() - end < 0 && sum >= 0) {
      for (int i = 0; i < 1_000; i++) {
        sum += Math.sqrt(i);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("killed");
      }
    }
  }

  /** What Spark says of each attempt. */
  public static final class Ends extends SparkListener {
    private static final int CANCELLED_STAGE = 2;

    private final Map<Long, String> lines = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      if (start.stageId() == CANCELLED_STAGE) {
        started.incrementAndGet();
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      lines.put(
          end.taskInfo().taskId(),
          String.join(
              "\t",
              "" + end.stageId(),
              "" + end.stageAttemptId(),
              "" + end.taskInfo().taskId(),
              "" + end.taskInfo().index(),
              "" + end.taskInfo().attemptNumber(),
              end.reason().getClass().getSimpleName().replace("$", ""),
              "" + (end.taskMetrics() == null ? 0 : end.taskMetrics().executorCpuTime())));
      if (end.stageId() == CANCELLED_STAGE) {
        ended.incrementAndGet();
      }
    }
  }
}
