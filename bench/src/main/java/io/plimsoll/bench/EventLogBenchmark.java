// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.engines.spark.file.PartStream;
import io.plimsoll.standalone.demo.Text;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How fast event logs are read: the largest log of the shared folder, repeated to a gigabyte, by
 * our reader and by Spark's own replay, each in a fresh JVM, in turns. The repeated log has the
 * same application, stages and task ids again and again: both sides see every line, Spark's store
 * overwrites its entries.
 */
final class EventLogBenchmark implements Benchmark {
  private static final long WANTED_BYTES = 1_000_000_000L;
  private static final int PAIRS = 7;
  private static final long LONGEST_RUN_SECONDS = 240;

  /** No new round begins later: a loaded machine gives fewer rounds, not a longer wait. */
  private static final long LAST_START_SECONDS = 210;

  private static final String OWN_HEAP = "-Xmx256m";
  private static final String SPARK_HEAP = "-Xmx4g";
  private static final double MB = 1e6;
  private static final double MIB = 1 << 20;

  private enum Arm {
    OWN("our reader, events to totals"),
    SPARK("Spark's history-server replay"),
    OWN_AGAIN("our reader again"),
    OWN_PROFILE("our reader, events to the run's profile");

    private final String label;

    Arm(String label) {
      this.label = label;
    }
  }

  @Override
  public String name() {
    return "event-log";
  }

  @Override
  public String about() {
    return "reading 1 GB of Spark event log, beside Spark's own history-server replay";
  }

  @Override
  public List<Figure> run(PrintWriter out) throws Exception {
    Path folder = Places.folder(Places.home().resolve("bench"));
    Path log = repeated(folder, out);
    Map<Arm, List<LogRun>> runs = new EnumMap<>(Arm.class);
    long start = System.nanoTime();
    for (int pair = 0; pair < PAIRS; pair++) {
      if (pair > 0 && secondsSince(start) > LAST_START_SECONDS) {
        out.println("the machine is slow: no more rounds");
        break;
      }
      for (Arm arm : Arm.values()) {
        LogRun run = run(arm, log, folder);
        runs.computeIfAbsent(arm, any -> new ArrayList<>()).add(run);
        out.printf(
            Locale.ROOT,
            "%-42s %7.1f MB/s, %6.1f s CPU, peak heap %5.0f MiB, %d tasks%n",
            arm.label,
            run.megabytesPerSecond(),
            run.cpuNanos() / 1e9,
            run.peakHeapBytes() / MIB,
            run.tasks());
        out.flush();
      }
    }
    return figures(runs, Files.size(log));
  }

  private static List<Figure> figures(Map<Arm, List<LogRun>> runs, long bytes) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("raw JSON", bytes / MB, "MB", "one log, repeated"));
    for (Arm arm : Arm.values()) {
      figures.add(figure(arm.label, "MB/s", values(runs, arm, LogRun::megabytesPerSecond)));
      figures.add(
          figure(
              arm.label + ", CPU with start", "s", values(runs, arm, run -> run.cpuNanos() / 1e9)));
      figures.add(
          figure(
              arm.label + ", peak heap",
              "MiB",
              values(runs, arm, run -> run.peakHeapBytes() / MIB)));
    }
    figures.add(ratio("our reader over Spark's, speed", runs, Arm.OWN, Arm.SPARK));
    figures.add(
        ratio("to the run's profile over Spark's, speed", runs, Arm.OWN_PROFILE, Arm.SPARK));
    figures.add(ratio("A/A: our reader over itself, speed", runs, Arm.OWN, Arm.OWN_AGAIN));
    List<Double> cpu = new ArrayList<>();
    for (int i = 0; i < of(runs, Arm.OWN).size(); i++) {
      cpu.add(of(runs, Arm.SPARK).get(i).cpuNanos() / (double) of(runs, Arm.OWN).get(i).cpuNanos());
    }
    figures.add(figure("Spark's CPU over our reader's", "ratio", cpu));
    return figures;
  }

  private static Figure ratio(String name, Map<Arm, List<LogRun>> runs, Arm one, Arm other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of(runs, one).size(); i++) {
      ratios.add(
          of(runs, one).get(i).megabytesPerSecond() / of(runs, other).get(i).megabytesPerSecond());
    }
    return figure(name, "ratio", ratios);
  }

  private static List<Double> values(
      Map<Arm, List<LogRun>> runs, Arm arm, ToDoubleFunction<LogRun> value) {
    return of(runs, arm).stream().map(value::applyAsDouble).toList();
  }

  private static List<LogRun> of(Map<Arm, List<LogRun>> runs, Arm arm) {
    return runs.getOrDefault(arm, List.of());
  }

  private static Figure figure(String name, String unit, List<Double> values) {
    double lowest = values.stream().mapToDouble(each -> each).min().orElse(0);
    double highest = values.stream().mapToDouble(each -> each).max().orElse(0);
    return new Figure(
        name,
        Text.median(values),
        unit,
        String.format(Locale.ROOT, "%.2f to %.2f, n = %d", lowest, highest, values.size()));
  }

  private static LogRun run(Arm arm, Path log, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseParallelGC");
    if (arm == Arm.SPARK) {
      command.addAll(List.of(SPARK_HEAP, "-cp", sparkClassPath()));
      command.addAll(List.of(SparkReplay.class.getName(), log.toString()));
    } else {
      command.addAll(List.of(OWN_HEAP, "-cp", System.getProperty("java.class.path")));
      command.addAll(
          List.of(
              OwnReplay.class.getName(),
              log.toString(),
              arm == Arm.OWN_PROFILE ? "profile" : "totals"));
    }
    Path said = folder.resolve("event-log-run.txt");
    Path complained = folder.resolve("event-log-run.err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(said.toFile())
            .redirectError(complained.toFile())
            .start();
    try {
      if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
        throw new ProblemException(
            arm.label + " took more than " + LONGEST_RUN_SECONDS + " s; is the machine busy?");
      }
    } finally {
      process.destroyForcibly();
    }
    for (String line : Files.readAllLines(said)) {
      LogRun run = LogRun.parse(line);
      if (run != null) {
        return run;
      }
    }
    throw new ProblemException(
        arm.label + " ended with " + process.exitValue() + " and no result; see " + complained);
  }

  private static String sparkClassPath() {
    // Only this module's own classes: our Jackson must not stand before Spark's.
    String own =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Files.isRegularFile(Path.of(entry).resolve(ownClass())))
            .findFirst()
            .orElseThrow(() -> new ProblemException("run this as ./plimsoll bench event-log"));
    return own + File.pathSeparator + Places.sparkHome().resolve("jars") + File.separator + "*";
  }

  private static String ownClass() {
    return SparkReplay.class.getName().replace('.', '/') + ".class";
  }

  private static long secondsSince(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
  }

  /** The log of a gigabyte, made once. */
  private static Path repeated(Path folder, PrintWriter out) throws IOException {
    Path made = folder.resolve("event-log-1gb.json");
    if (Files.exists(made) && Files.size(made) >= WANTED_BYTES) {
      return made;
    }
    Places.requireRoom(folder, 2 * WANTED_BYTES);
    Path largest = folder.resolve("event-log-one.json");
    String name = unpackLargest(largest);
    Path growing = folder.resolve("event-log-1gb.part");
    int times = 0;
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(growing))) {
      for (long bytes = 0; bytes < WANTED_BYTES; bytes += Files.size(largest)) {
        Files.copy(largest, to);
        times++;
      }
    }
    Files.move(growing, made, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(largest);
    out.println("made " + made + ": " + name + " " + times + " times");
    return made;
  }

  private static String unpackLargest(Path into) throws IOException {
    Path logs = shared().resolve("data/eventlogs");
    if (!Files.isDirectory(logs)) {
      throw new ProblemException(
          "not present: "
              + logs
              + "; name the folder above data/ by -Dplimsoll.shared in"
              + " JAVA_TOOL_OPTIONS");
    }
    List<Path> files;
    try (Stream<Path> listed = Files.list(logs)) {
      files =
          listed
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".md"))
              .sorted()
              .toList();
    }
    Path largest = null;
    long most = -1;
    for (Path file : files) {
      long bytes = unpack(file, OutputStream.nullOutputStream());
      if (bytes > most) {
        most = bytes;
        largest = file;
      }
    }
    if (largest == null) {
      throw new ProblemException("no event log in " + logs);
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into))) {
      unpack(largest, out);
    }
    return largest.getFileName().toString();
  }

  private static long unpack(Path file, OutputStream into) throws IOException {
    try (PartStream from = PartStream.open(file)) {
      return from.transferTo(into);
    }
  }

  private static Path shared() {
    String given = System.getProperty("plimsoll.shared");
    return given == null ? Places.root().resolve("../shared").normalize() : Path.of(given);
  }
}
