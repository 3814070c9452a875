// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.causes.Hits;
import io.plimsoll.bench.causes.NezhaRun;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How often the service at fault is found in OnlineBoutique, beside what others published. */
final class NezhaBenchmark implements Benchmark {
  private static final List<String> PUBLISHED =
      List.of(
          "MicroScope             .125 / .41 / .55    metrics",
          "MicroRCA               .16  / .63 / .93    metrics",
          "MicroRank              .41  / .48 / .63    traces",
          "PDiagnose              .41  / .73 / .82    metrics, logs, traces",
          "max severity, MAD      .43  / .71 / .80    node metrics, look-ahead history",
          "Nezha                  .93  / .96 / .96    logs, traces and metrics");

  @Override
  public String name() {
    return "nezha";
  }

  @Override
  public String about() {
    return "services found at fault in OnlineBoutique, beside published figures (10 seconds)";
  }

  @Override
  public List<Figure> run(PrintWriter out) throws Exception {
    Path folder = shared().resolve("data/nezha-online-boutique");
    if (!Files.isDirectory(folder)) {
      throw new ProblemException(
          "not present: "
              + folder
              + "; name the folder above data/ by -Dplimsoll.shared in JAVA_TOOL_OPTIONS");
    }
    NezhaRun run = NezhaRun.read(folder);
    List<Figure> figures = new ArrayList<>();
    for (boolean hasLinks : new boolean[] {false, true}) {
      String evidence = hasLinks ? "with link evidence" : "node metrics alone";
      out.println();
      out.println(evidence + ", share of faults and its 95 % interval; ties count against us");
      table(out, "2022-08-22, on which it was tuned", run.tuned(hasLinks));
      Map<String, Hits> reported = run.reported(hasLinks);
      table(out, "2022-08-23, reported", reported);
      Hits all = Objects.requireNonNull(reported.get("all"), "a day without faults");
      for (int k : new int[] {1, 3, 5}) {
        figures.add(
            new Figure("nezha, " + evidence + ": AS@" + k, all.share(k), "share", all.interval(k)));
      }
    }
    out.println();
    out.println("published AS@1/3/5, over both days:");
    PUBLISHED.forEach(line -> out.println("  " + line));
    out.println();
    out.println(
        "Tuned on the first day: which columns are read, the window of four minutes, and that calls"
            + " can starve their callees.");
    out.println("History: the calm end of the first day; target with link evidence .75/.90/.90.");
    return figures;
  }

  private static void table(PrintWriter out, String title, Map<String, Hits> hits) {
    out.printf(
        "  %-34s %5s %18s %18s %18s %14s%n", title, "n", "AS@1", "AS@3", "AS@5", "named, right");
    hits.forEach(
        (kind, each) ->
            out.printf(
                "  %-34s %5d %18s %18s %18s %7d, %5d%n",
                kind,
                each.cases(),
                each.text(1),
                each.text(3),
                each.text(5),
                each.named(),
                each.namedRight()));
  }

  private static Path shared() {
    String given = System.getProperty("plimsoll.shared");
    return given == null ? Places.root().resolve("../shared").normalize() : Path.of(given);
  }
}
