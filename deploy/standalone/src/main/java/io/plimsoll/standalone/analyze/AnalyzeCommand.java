// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.diagnosis.scorecard.Prices;
import io.plimsoll.standalone.reading.MutesFile;
import io.plimsoll.standalone.terminal.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plimsoll analyze}. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = "Give a verdict from event logs of Spark or archives of Flink, without a server.",
    footer = {
      "",
      "Exit code: 0 healthy, 1 problems found, 2 wrong use, 3 nothing could be read.",
      "Prices without --price: docs/scorecard.md."
    })
public final class AnalyzeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "logs, archives, or folders of them")
  private List<String> paths = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "write {runs:[...]}")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write a page that needs nothing but itself")
  private @Nullable Path html;

  @Option(names = "--all", description = "every finding, reason and file instead of the first ones")
  private boolean isWhole;

  @Option(
      names = "--mutes",
      paramLabel = "FILE",
      description = "points not to be told of for now, as docs/analyze.md writes them")
  private @Nullable Path mutes;

  @Option(
      names = "--price",
      paramLabel = "PRICES",
      converter = PriceOption.class,
      description = "gib-hour=PRICE,core-hour=PRICE,currency=NAME")
  private Prices prices = Prices.DEFAULT;

  @Override
  public Integer call() throws IOException {
    var line = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = line.getOut();
    MutesFile silenced = mutes == null ? MutesFile.NONE : MutesFile.read(mutes);
    return new Analysis(prices, silenced, Screen.of(out), line.getErr(), isWhole)
        .run(paths, json, html);
  }
}
