// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.embedded.SparkApp;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.embedded.SubmitSpec;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The TPC-H tables that the demo's job reads, made once. */
public final class DemoData {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private DemoData() {}

  /**
   * The folder with the tables of this scale; makes them when they are not complete.
   *
   * @param wanted where a person wants them, null under {@code home}
   */
  public static Path ensure(
      @Nullable Path wanted, Path home, double scale, SparkCluster cluster, Consumer<String> say)
      throws InterruptedException {
    Path folder = wanted != null ? wanted.toAbsolutePath() : home.resolve("tpch-" + scale);
    Path parent = folder.getParent();
    if (wanted != null && (parent == null || !Files.isDirectory(parent))) {
      throw new ProblemException(
          "--data " + wanted + ": its parent folder is not there; make it or name another");
    }
    long before = System.nanoTime();
    if (!Files.isDirectory(folder)) {
      say.accept("making TPC-H tables at scale " + scale + " in " + folder + " (once)");
    }
    SubmitSpec spec =
        SubmitSpec.of(
                "tpch-data",
                Places.workloadsJar(),
                "io.plimsoll.workloads.TpchData",
                List.of("generate", "--out", folder.toString(), "--scale", Double.toString(scale)))
            .withConf(
                Map.of(
                    "spark.executor.memory", "2g",
                    "spark.cores.max", Integer.toString(Settings.WORKERS),
                    "spark.ui.enabled", "false"));
    try (SparkApp app = cluster.submit(spec)) {
      OptionalInt exit = app.waitFor(LONGEST);
      if (exit.isEmpty() || exit.getAsInt() != 0) {
        throw new ProblemException(
            "making the TPC-H tables "
                + (exit.isEmpty() ? "took too long" : "failed with exit code " + exit.getAsInt())
                + "; see "
                + app.stderr());
      }
    }
    say.accept(
        String.format(
            Locale.ROOT, "TPC-H tables: %s (%.0f s)", folder, (System.nanoTime() - before) / 1e9));
    return folder;
  }

  private static String lastLine(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.stream()
          .filter(line -> line.startsWith("plimsoll"))
          .reduce((before, after) -> after)
          .orElse(lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1));
    } catch (IOException e) {
      return "nothing that can be read (" + e.getMessage() + ")";
    }
  }
}
