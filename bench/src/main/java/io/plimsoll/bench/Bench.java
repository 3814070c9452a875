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
  private static final List<Benchmark> ALL = List.of(new DemoBaselines());

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "without one: the list")
  private @Nullable String name;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures")
  private @Nullable Path json;

  private Bench() {}

  public static void main(String[] args) {
    Commands.exit(new Bench(), args);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    String wanted = name;
    if (wanted == null) {
      ALL.forEach(each -> out.println(each.name() + "  " + each.about()));
      return 0;
    }
    Optional<Benchmark> found = ALL.stream().filter(each -> each.name().equals(wanted)).findFirst();
    if (found.isEmpty()) {
      throw new ProblemException(
          "no benchmark '"
              + wanted
              + "'; there is: "
              + String.join(", ", ALL.stream().map(Benchmark::name).toList()));
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
