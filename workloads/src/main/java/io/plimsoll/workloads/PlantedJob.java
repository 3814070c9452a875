// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * A small application in which one thing is wrong on purpose, or nothing. Its jobs carry one of two
 * descriptions: {@link #PREPARE} for ordinary work, {@link #MAIN} for the step with the problem.
 */
public final class PlantedJob {
  /** Description of the ordinary jobs. */
  public static final String PREPARE = "prepare";

  /** Description of the jobs of the step that has the problem, or of a healthy application. */
  public static final String MAIN = "main";

  private static final Map<String, Step> STEPS = steps();

  private PlantedJob() {}

  /** What one kind of application does. */
  interface Step {
    void run(SparkSession spark, PlantedInput input) throws Exception;
  }

  private static Map<String, Step> steps() {
    Map<String, Step> steps = new TreeMap<>();
    SqlPlants.addTo(steps);
    TaskPlants.addTo(steps);
    MemoryPlants.addTo(steps);
    HealthyJobs.addTo(steps);
    return steps;
  }

  /**
   * {@code --kind KIND --variant 1|2 --data DIR --ready FILE}. The file appears when the main step
   * begins. Exit code 0 when the application did its work.
   */
  public static void main(String[] args) {
    CommandEnd.of(() -> run(Arrays.asList(args)));
  }

  private static void run(List<String> args) {
    Options options =
        Options.parse(args, Set.of("--kind", "--variant", "--data", "--ready", "--seconds"));
    String kind = options.required("--kind");
    Step step = STEPS.get(kind);
    if (step == null) {
      throw new WorkloadException(
          "unknown kind " + kind + ": known are " + String.join(" ", STEPS.keySet()));
    }
    PlantedInput input =
        new PlantedInput(
            options.positiveInt("--variant", 1),
            Path.of(options.required("--data")).toAbsolutePath().normalize(),
            options.positiveInt("--seconds", 32));
    SparkSession spark = Sessions.open("nightly-report");
    try {
      spark.sparkContext().setJobDescription(PREPARE);
      prepare(spark);
      begin(Path.of(options.required("--ready")));
      spark.sparkContext().setJobDescription(MAIN);
      step.run(spark, input);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(kind + " failed", e);
    } finally {
      spark.stop();
    }
  }

  /** Ordinary work before the main step: what every application has, and nothing is wrong with. */
  private static void prepare(SparkSession spark) {
    SqlPlants.say(
        spark
            .range(0, 6_000_000, 1, 4)
            .selectExpr("pmod(hash(id), 500) as shop", "id % 997 as amount")
            .groupBy("shop")
            .sum("amount")
            .selectExpr("count(*) as shops"));
  }

  private static void begin(Path ready) {
    try {
      Files.writeString(ready, "ready\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + ready, e);
    }
  }
}
