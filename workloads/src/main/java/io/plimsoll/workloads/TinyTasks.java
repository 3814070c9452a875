// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * As many tasks as were asked for, each of them next to nothing: what a task costs whatever it
 * does. In jobs of a thousand tasks; prints a checksum of their results.
 */
public final class TinyTasks {
  private static final int TASKS_PER_JOB = 1_000;

  private TinyTasks() {}

  /** {@code --tasks N}. */
  public static void main(String[] args) {
    CommandEnd.of(() -> run(Arrays.asList(args)));
  }

  private static void run(List<String> args) {
    int tasks = Options.parse(args, Set.of("--tasks")).positiveInt("--tasks", 20_000);
    SparkSession spark = Sessions.open("plimsoll-tiny-tasks");
    try {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      long sum = 0;
      for (int from = 0; from < tasks; from += TASKS_PER_JOB) {
        int count = Math.min(TASKS_PER_JOB, tasks - from);
        List<Integer> numbers =
            new ArrayList<>(IntStream.range(from, from + count).boxed().toList());
        sum += context.parallelize(numbers, count).map(TinyTasks::mixed).reduce(Long::sum);
      }
      System.out.println("checksum " + tasks + "-" + Long.toHexString(sum));
    } finally {
      spark.stop();
    }
  }

  private static Long mixed(Integer number) {
    long z = number * 0x9e3779b97f4a7c15L;
    return (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
  }
}
