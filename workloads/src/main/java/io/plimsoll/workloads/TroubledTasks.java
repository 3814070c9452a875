// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Many tasks with everything that can end one: success in less than a millisecond, an exception and
 * a retry, a job group that is cancelled half-way, and a minute in which someone may end an
 * executor. It says when by making a file.
 */
public final class TroubledTasks {
  private static final int TASKS_PER_JOB = 1_000;
  private static final int FAILING_EVERY = 20;
  private static final int SLOW_TASKS = 12;
  private static final long SLOW_MILLIS = 4_000;

  private TroubledTasks() {}

  /** {@code --tasks N --ready FILE}: the file appears when an executor may be ended. */
  public static void main(String[] args) {
    CommandEnd.of(() -> run(Arrays.asList(args)));
  }

  private static void run(List<String> args) {
    Options options = Options.parse(args, Set.of("--tasks", "--ready"));
    int tasks = options.positiveInt("--tasks", 10_000);
    Path ready = Path.of(options.required("--ready"));
    SparkSession spark = Sessions.open("plimsoll-troubled-tasks");
    try {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      long sum = 0;
      for (int from = 0; from < tasks; from += TASKS_PER_JOB) {
        sum += failing(context, from, Math.min(TASKS_PER_JOB, tasks - from));
      }
      cancelled(context);
      lost(context, ready);
      System.out.println("checksum " + tasks + "-" + Long.toHexString(sum));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      spark.stop();
    }
  }

  /** Each twentieth task fails once or twice and is run again. */
  private static long failing(JavaSparkContext context, int from, int count) {
    return numbers(context, from, count)
        .map(
            number -> {
              if (number % FAILING_EVERY == 0
                  && TaskContext.get().attemptNumber() < 1 + number / FAILING_EVERY % 2) {
                throw new IllegalStateException("planted failure of number " + number);
              }
              return number * 31L;
            })
        .reduce(Long::sum);
  }

  /** Tasks that compute until they are told to end. */
  private static void cancelled(JavaSparkContext context) throws InterruptedException {
    JavaFutureAction<Void> job =
        numbers(context, 0, SLOW_TASKS).foreachAsync(number -> compute(10 * SLOW_MILLIS));
    TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
    job.cancel(true);
    TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS / 2);
  }

  /** Tasks of which those on one executor are lost with it and run again elsewhere. */
  private static void lost(JavaSparkContext context, Path ready) {
    try {
      Files.writeString(ready, "ready\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + ready, e);
    }
    numbers(context, 0, SLOW_TASKS).foreach(number -> compute(SLOW_MILLIS));
  }

  private static JavaRDD<Integer> numbers(JavaSparkContext context, int from, int count) {
    return context.parallelize(
        new ArrayList<>(IntStream.range(from, from + count).boxed().toList()), count);
  }

  private static void compute(long millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    long spun = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 10_000; i++) {
        spun += Long.rotateLeft(spun ^ i, 7);
      }
      if (TaskContext.get().isInterrupted()) {
        throw new IllegalStateException("told to end after " + spun);
      }
    }
  }
}
