// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import io.plimsoll.diagnosis.scorecard.Prices;
import io.plimsoll.server.api.Json;
import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.JobHistory;
import io.plimsoll.standalone.reading.MutesFile;
import io.plimsoll.standalone.reading.RunReader;
import io.plimsoll.standalone.reading.Source;
import io.plimsoll.standalone.reading.Sources;
import io.plimsoll.standalone.reading.Unreadable;
import io.plimsoll.standalone.stack.OutputFile;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.standalone.terminal.Progress;
import io.plimsoll.standalone.terminal.Safe;
import io.plimsoll.standalone.terminal.Screen;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plimsoll compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Say what changed between two runs, ranked by what explains the time.",
    footer = {"", "Exit code: 0 compared, 2 wrong use, 3 a run could not be read."})
public final class CompareCommand implements Callable<Integer> {
  private static final int NOTHING = 3;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "log of the first run, the good one")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "log of the second run")
  private String second = "";

  @Option(names = "--json", paramLabel = "FILE", description = "write the comparison")
  private @Nullable Path json;

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(spec).commandLine();
    OutputFile.requireWritable("--json", json);
    List<AnalyzedRun> runs = new ArrayList<>();
    for (String path : List.of(first, second)) {
      RunReader.Outcome outcome = read(path, line.getErr());
      Unreadable unreadable = outcome.unreadable();
      AnalyzedRun run = outcome.run();
      if (run == null || unreadable != null) {
        line.getErr()
            .println(
                "plimsoll: "
                    + Safe.cut(path, 200)
                    + " "
                    + (unreadable == null ? "tells no run" : Safe.cut(unreadable.reason(), 300))
                    + "; name the log of one run");
        return NOTHING;
      }
      runs.add(run);
    }
    RunComparison comparison = RunComparison.of(runs.get(0), runs.get(1));
    Screen screen = Screen.of(line.getOut());
    new ComparisonReport(screen).print(comparison);
    if (json != null) {
      OutputFile.write(json, Json.pretty(ComparisonDocument.of(comparison)) + "\n");
      screen.gap();
      screen.raw("figures: " + json);
      screen.flush();
    }
    return 0;
  }

  private static RunReader.Outcome read(String path, PrintWriter err) {
    List<Source> sources = Sources.of(List.of(path));
    if (sources.isEmpty()) {
      return new RunReader.Outcome(null, new Unreadable(path, "holds no log"), null);
    }
    if (sources.size() > 1) {
      throw new ProblemException(
          Safe.cut(path, 200)
              + " holds "
              + sources.size()
              + " files that may be runs; name one of them, such as "
              + Safe.cut(sources.get(0).name(), 100));
    }
    Source source = sources.get(0);
    try (Progress progress =
        new Progress(err, Screen.isWatched(), System::nanoTime, source.bytes())) {
      return new RunReader(
              Prices.DEFAULT,
              new JobHistory(),
              MutesFile.NONE,
              events ->
                  progress.tick(
                      Safe.cut(source.name(), 24) + ", " + Amount.count(events) + " events"))
          .read(source);
    }
  }
}
