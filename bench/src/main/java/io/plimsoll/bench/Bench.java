// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.standalone.stack.Commands;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./plimsoll bench NAME}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Print the figures of a benchmark.")
public final class Bench implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "without one: the list")
  private @Nullable String name;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures")
  private @Nullable Path json;

  @Option(
      names = "--pairs",
      paramLabel = "K",
      defaultValue = "3",
      description = "how often each arm of a comparison runs (${DEFAULT-VALUE})")
  private int pairs;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "20000",
      description = "task attempts per run where that can be chosen (${DEFAULT-VALUE})")
  private int tasks;

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description = "only these parts of a benchmark that has several")
  private Set<String> parts = new TreeSet<>();

  @Option(
      names = "--nodes",
      paramLabel = "KIND",
      description = "demo-baselines: emulated (default where this machine allows it) or plain")
  private @Nullable NodeKind nodes;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "demo-baselines, planted: stop after N new runs; the next call goes on")
  private @Nullable Integer runs;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description = "planted: only these kinds")
  private Set<String> kinds = new TreeSet<>();

  @Option(names = "--again", description = "planted: make the logs anew")
  private boolean isAnew;

  private Bench() {}

  public static void main(String[] args) {
    Commands.exit(new Bench(), args);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    String wanted = name;
    List<Benchmark> all = all();
    if (wanted == null) {
      all.forEach(each -> out.printf("%-16s %s%n", each.name(), each.about()));
      return 0;
    }
    Optional<Benchmark> found = all.stream().filter(each -> each.name().equals(wanted)).findFirst();
    if (found.isEmpty()) {
      throw new ProblemException(
          "no benchmark '"
              + wanted
              + "'; there is: "
              + String.join(", ", all.stream().map(Benchmark::name).toList()));
    }
    List<Figure> figures = found.get().run(out);
    out.println();
    figures.forEach(
        figure ->
            out.printf(
                Locale.ROOT,
                "%-60s %12.3f %-8s %s%n",
                figure.name(),
                figure.value(),
                figure.unit(),
                figure.spread()));
    Path file = json;
    if (file != null) {
      write(file, figures);
    }
    return 0;
  }

  private List<Benchmark> all() {
    if (pairs < 1 || pairs > 100 || tasks < 1 || tasks > 999_999) {
      throw new ProblemException("--pairs is 1 to 100 and --tasks 1 to 999999");
    }
    if (runs != null && runs < 0) {
      throw new ProblemException("--runs is 0 or more");
    }
    int most = runs == null ? Integer.MAX_VALUE : runs;
    Asked asked = new Asked(pairs, tasks, parts);
    return List.of(
        new AgentOverhead(asked),
        new Exactness(asked),
        new WireSizes(asked),
        new EventLogBenchmark(),
        new AnalyzeBenchmark(),
        new NezhaBenchmark(),
        new GraphBenchmark(),
        new CausesBenchmark(),
        new PlantedBenchmark(kinds, isAnew, most),
        new DemoBaselines(nodes, most));
  }

  private static void write(Path file, List<Figure> figures) {
    try {
      Files.writeString(
          file,
          new ObjectMapper()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(Map.of("figures", figures))
              + "\n");
    } catch (IOException e) {
      throw new ProblemException(
          "cannot write " + file + " (" + e.getMessage() + "); name another --json", e);
    }
  }
}
