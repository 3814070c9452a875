// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.jmh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the micro-benchmarks of this package, each in two forked JVMs. */
public final class Steps {
  private static final int FORKS = 2;
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 3;
  private static final TimeValue TURN = TimeValue.milliseconds(800);

  /** How many micro-benchmarks there are; fewer results mean that some failed. */
  public static final int COUNT = 6;

  private Steps() {}

  /**
   * What one step took.
   *
   * @param name such as {@code HookPair.pair}
   * @param micros mean of all iterations of all forks
   * @param lowMicros lowest iteration
   * @param highMicros highest iteration
   * @param iterations how many there were
   */
  public record Step(
      String name, double micros, double lowMicros, double highMicros, long iterations) {}

  /**
   * Measures all steps in about a minute. A step that the agent does not have is left out.
   *
   * @param agentJar the shaded agent
   */
  public static List<Step> measure(Path agentJar) {
    String heap = "-Xmx256m";
    Options options =
        new OptionsBuilder()
            .include("io\\.plimsoll\\.bench\\.jmh\\..*")
            .forks(FORKS)
            .warmupIterations(WARM_UP)
            .warmupTime(TURN)
            .measurementIterations(ROUNDS)
            .measurementTime(TURN)
            .timeout(TimeValue.seconds(30))
            .jvmArgs(heap, "-D" + ShippedAgent.JAR + "=" + agentJar)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(false)
            .build();
    try {
      return steps(new Runner(options).run());
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH cannot run: " + e.getMessage(), e);
    }
  }

  private static List<Step> steps(Collection<RunResult> results) {
    List<Step> steps = new ArrayList<>();
    for (RunResult result : results) {
      Result<?> primary = result.getPrimaryResult();
      String name = result.getParams().getBenchmark();
      steps.add(
          new Step(
              name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
              primary.getScore(),
              primary.getStatistics().getMin(),
              primary.getStatistics().getMax(),
              primary.getStatistics().getN()));
    }
    return List.copyOf(steps);
  }
}
