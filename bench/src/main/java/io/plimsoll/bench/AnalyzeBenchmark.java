// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Each log of the shared folder through {@code analyze}, in a JVM of its own: time, heap, verdict.
 */
final class AnalyzeBenchmark implements Benchmark {
  private static final long LONGEST_SECONDS = 120;
  private static final double MIB = 1 << 20;

  @Override
  public String name() {
    return "analyze";
  }

  @Override
  public String about() {
    return "every real log of the shared folder through analyze: time, peak heap, verdict"
        + " (1 minute)";
  }

  @Override
  public List<Figure> run(PrintWriter out) throws Exception {
    List<AnalyzeOne.Line> lines = new ArrayList<>();
    out.printf(
        "%-44s %8s %7s %8s %-11s %6s %6s  %s%n",
        "log", "MB", "s", "heap MiB", "verdict", "causes", "fired", "points looked at");
    for (Path log : logs()) {
      for (AnalyzeOne.Line line : analyze(log)) {
        lines.add(line);
        out.printf(
            Locale.ROOT,
            "%-44.44s %8.2f %7.2f %8.0f %-11s %6d %6d  %d, %d not applicable, %d without input%n",
            log.getFileName() + (line.source().equals(log.toString()) ? "" : "/" + line.source()),
            line.bytes() / 1e6,
            line.nanos() / 1e9,
            line.peakHeapBytes() / MIB,
            line.verdict(),
            line.causes(),
            line.fired(),
            line.points().get(0),
            line.points().get(1),
            line.points().get(2));
        out.println("    " + line.why());
        out.flush();
      }
    }
    return figures(lines);
  }

  private static List<Figure> figures(List<AnalyzeOne.Line> lines) {
    List<Figure> figures = new ArrayList<>();
    for (AnalyzeOne.Line line : lines) {
      figures.add(new Figure("analyze " + line.source(), line.nanos() / 1e9, "s", "n = 1"));
      figures.add(
          new Figure(
              "analyze " + line.source() + ", peak heap",
              line.peakHeapBytes() / MIB,
              "MiB",
              "n = 1"));
    }
    figures.add(
        new Figure(
            "analyze, highest peak heap",
            lines.stream().mapToLong(AnalyzeOne.Line::peakHeapBytes).max().orElse(0) / MIB,
            "MiB",
            "n = " + lines.size()));
    return figures;
  }

  private static List<Path> logs() throws IOException {
    String given = System.getProperty("plimsoll.shared");
    Path shared = given == null ? Places.root().resolve("../shared").normalize() : Path.of(given);
    Path folder = shared.resolve("data/eventlogs");
    if (!Files.isDirectory(folder)) {
      throw new ProblemException(
          "not present: "
              + folder
              + "; name the folder above data/ by -Dplimsoll.shared in JAVA_TOOL_OPTIONS");
    }
    try (Stream<Path> listed = Files.list(folder)) {
      return listed
          .filter(file -> String.valueOf(file.getFileName()).matches(".*(log|local).*"))
          .sorted()
          .toList();
    }
  }

  private static List<AnalyzeOne.Line> analyze(Path log) throws IOException, InterruptedException {
    Path said = Places.folder(Places.home().resolve("bench")).resolve("analyze-one.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AnalyzeOne.class.getName(),
                log.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new ProblemException(log + " could not be analyzed: see " + said);
      }
    } finally {
      process.destroyForcibly();
    }
    List<AnalyzeOne.Line> lines = new ArrayList<>();
    for (String line : Files.readAllLines(said)) {
      if (line.startsWith(AnalyzeOne.MARK)) {
        lines.add(
            new ObjectMapper()
                .readValue(line.substring(AnalyzeOne.MARK.length()), AnalyzeOne.Line.class));
      }
    }
    return lines;
  }
}
