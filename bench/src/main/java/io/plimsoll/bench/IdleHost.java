// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Arm;
import io.plimsoll.bench.arm.Delivered;
import io.plimsoll.bench.arm.Range;
import io.plimsoll.bench.arm.Stand;
import io.plimsoll.bench.child.Idle;
import io.plimsoll.bench.tree.Tree;
import io.plimsoll.standalone.stack.Places;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Each agent in a JVM that does nothing, all arms side by side: its CPU in the first ten seconds
 * and after them, with no job whose noise would hide it; its memory, threads and live heap.
 */
final class IdleHost {
  private static final int STAGGER_SECONDS = 3;
  private static final int EARLY_SECONDS = 10;
  private static final int STEADY_SECONDS = 30;
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");

  private static final List<Arm> ARMS =
      List.of(
          Arm.NONE,
          Arm.NONE_AGAIN,
          Arm.EMPTY,
          Arm.OURS_FILE,
          Arm.OURS_HTTP,
          Arm.OURS_KAFKA,
          Arm.OURS_HTTP_ABSENT,
          Arm.OURS_KAFKA_ABSENT,
          Arm.JMX_EXPORTER,
          Arm.JOLOKIA,
          Arm.OPEN_TELEMETRY);

  private final Range range;
  private final Path work;
  private final Kept kept;
  private final String build;
  private final PrintWriter out;

  /** A JVM that runs now. */
  private record Running(
      Arm arm, Stand stand, Tree tree, long startNanos, Path folder, Map<String, Double> values) {}

  IdleHost(Range range, Kept kept, Path work, String build, PrintWriter out) {
    this.range = range;
    this.kept = kept;
    this.work = work;
    this.build = build;
    this.out = out;
  }

  /** Runs this many rounds of about a minute and a half each. */
  List<Figure> measure(int rounds) throws IOException, InterruptedException {
    Map<Arm, List<Map<String, Double>>> all = new EnumMap<>(Arm.class);
    List<Arm> order = new ArrayList<>(ARMS);
    for (int round = 0; round < rounds; round++) {
      Collections.rotate(order, 5);
      Map<Arm, Map<String, Double>> told = round(round, order);
      told.forEach(
          (arm, values) -> all.computeIfAbsent(arm, unused -> new ArrayList<>()).add(values));
      out.printf("idle host: round %d of %d done%n", round + 1, rounds);
      out.flush();
    }
    return table(all);
  }

  private Map<Arm, Map<String, Double>> round(int round, List<Arm> order)
      throws IOException, InterruptedException {
    Map<Arm, Map<String, Double>> told = new EnumMap<>(Arm.class);
    List<Arm> missing = new ArrayList<>();
    for (Arm arm : order) {
      Measured known = kept.of(key(arm, round));
      if (known == null) {
        missing.add(arm);
      } else if (!known.values().isEmpty()) {
        told.put(arm, known.values());
      }
    }
    if (missing.isEmpty()) {
      return told;
    }
    List<Running> running = new ArrayList<>();
    try {
      for (Arm arm : order) {
        running.add(start(arm, round, order.size()));
        pause(running, System.nanoTime() + TimeUnit.SECONDS.toNanos(STAGGER_SECONDS));
      }
      pause(running, System.nanoTime() + TimeUnit.SECONDS.toNanos(EARLY_SECONDS + 2));
      running.forEach(each -> each.values().put("from", (double) each.tree().cpuNanos()));
      long from = System.nanoTime();
      pause(running, from + TimeUnit.SECONDS.toNanos(STEADY_SECONDS));
      for (Running each : running) {
        double nanos = each.tree().cpuNanos() - each.values().getOrDefault("from", 0.0);
        each.values().put("steady", 100 * nanos / (System.nanoTime() - from));
      }
      for (Running each : running) {
        told.remove(each.arm());
        Measured run = look(each);
        kept.keep(key(each.arm(), round), run);
        if (run.complaint().isEmpty()) {
          told.put(each.arm(), run.values());
        } else {
          out.println("  " + each.arm().label() + " left out: " + run.complaint());
        }
      }
    } finally {
      for (Running each : running) {
        each.tree().close();
        each.stand().close();
      }
    }
    return told;
  }

  private String key(Arm arm, int round) {
    return build + " idle " + arm.label() + " #" + round;
  }

  private Running start(Arm arm, int round, int arms) throws IOException, InterruptedException {
    Path folder = work.resolve("idle-" + arm.label() + "-" + round);
    Places.remove(folder);
    Files.createDirectories(folder);
    Stand stand = range.open(arm, folder);
    int seconds = arms * STAGGER_SECONDS + EARLY_SECONDS + STEADY_SECONDS + 120;
    List<String> command =
        ChildJvm.alone(
            stand.jvmOptions(),
            Idle.class,
            List.of("-Xmx256m", "-XX:+UseG1GC"),
            List.of(Integer.toString(seconds)));
    stand.begin(Duration.ofSeconds(seconds));
    Tree tree = Tree.start(command, folder, folder.resolve("output.txt"), Map.of());
    return new Running(arm, stand, tree, System.nanoTime(), folder, new TreeMap<>());
  }

  /** Waits, and reads each JVM's CPU when it is ten seconds old. */
  private static void pause(List<Running> running, long until) throws InterruptedException {
    while (System.nanoTime() - until < 0) {
      for (Running each : running) {
        long age = System.nanoTime() - each.startNanos();
        if (age >= TimeUnit.SECONDS.toNanos(EARLY_SECONDS) && !each.values().containsKey("early")) {
          each.values().put("early", each.tree().cpuNanos() / 1e9);
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static Measured look(Running each) throws IOException, InterruptedException {
    var usage = each.tree().soFar();
    String complaint = ChildJvm.refusal(each.folder().resolve("output.txt"));
    if (!each.tree().isAlive()) {
      complaint = "ended early: see " + each.folder();
    }
    Map<String, Double> values = each.values();
    values.remove("from");
    values.put("rss", usage.peakRssBytes() / (double) (1 << 20));
    values.put("threads", (double) usage.threads());
    if (complaint.isEmpty()) {
      heap(each, values);
    }
    Delivered delivered = each.stand().delivered();
    values.put("series", (double) delivered.series());
    if (delivered.agentCpuNanos() >= 0) {
      values.put("account", delivered.agentCpuNanos() / 1e9);
    }
    if (delivered.agentCpuEarlyNanos() >= 0) {
      values.put("account early", delivered.agentCpuEarlyNanos() / 1e9);
    }
    return new Measured(
        usage, 0, "", delivered, complaint.isEmpty() ? values : Map.of(), complaint);
  }

  /** Live heap of the whole JVM, and of classes that carry our name, after a full collection. */
  private static void heap(Running each, Map<String, Double> values)
      throws IOException, InterruptedException {
    Path answer = each.folder().resolve("histogram.txt");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(each.tree().pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
    if (!jcmd.waitFor(60, TimeUnit.SECONDS)) {
      jcmd.destroyForcibly();
      return;
    }
    long ours = 0;
    for (String line : Files.readAllLines(answer, StandardCharsets.ISO_8859_1)) {
      Matcher row = ROW.matcher(line);
      if (row.lookingAt()
          && row.group(2).replaceFirst("^\\[+L", "").startsWith("io.plimsoll.agent")) {
        ours += Long.parseLong(row.group(1));
      }
      Matcher total = TOTAL.matcher(line);
      if (total.find()) {
        values.put("live", Long.parseLong(total.group(1)) / (double) (1 << 20));
      }
    }
    values.put("live ours", ours / (double) (1 << 20));
  }

  private List<Figure> table(Map<Arm, List<Map<String, Double>>> all) {
    List<Figure> figures = new ArrayList<>();
    out.printf(
        "%n%-18s %12s %12s %14s %9s %9s %9s %8s %7s%n",
        "idle host",
        "first 10 s",
        "by account",
        "steady %core",
        "live MiB",
        "named",
        "rss MiB",
        "threads",
        "series");
    out.println("  (each beside the JVM without an agent, except by account and named)");
    all.forEach(
        (arm, rounds) -> {
          List<Map<String, Double>> none = all.getOrDefault(Arm.NONE, List.of());
          List<Double> early = more(rounds, none, "early");
          List<Double> steady = more(rounds, none, "steady");
          List<Double> live = more(rounds, none, "live");
          List<Double> rss = more(rounds, none, "rss");
          List<Double> threads = more(rounds, none, "threads");
          List<Double> account = told(rounds, "account early");
          List<Double> named = told(rounds, "live ours");
          List<Double> series = told(rounds, "series");
          out.printf(
              Locale.ROOT,
              "%-18s %12.3f %12.3f %14.4f %9.2f %9.2f %9.1f %8.0f %7.0f%n",
              arm.label(),
              Numbers.median(early),
              Numbers.median(account),
              Numbers.median(steady),
              Numbers.median(live),
              Numbers.median(named),
              Numbers.median(rss),
              Numbers.median(threads),
              Numbers.median(series));
          if (arm == Arm.NONE) {
            return;
          }
          String name = "idle host: " + arm.label() + ": ";
          figures.add(Numbers.figure(name + "CPU in the first 10 s", early, "s"));
          if (!account.isEmpty()) {
            figures.add(Numbers.figure(name + "CPU in the first 10 s, own account", account, "s"));
          }
          figures.add(Numbers.figure(name + "steady CPU", steady, "% core"));
          figures.add(Numbers.figure(name + "live heap", live, "MiB"));
          figures.add(Numbers.figure(name + "RSS", rss, "MiB"));
          figures.add(Numbers.figure(name + "threads", threads, "count"));
          figures.add(Numbers.figure(name + "series delivered", series, "count"));
        });
    out.println(
        "  targets for ours: steady <= 0.1 % of a core, file and http <= 0.3 s in the first 10 s,"
            + " <= 8 MiB live heap, <= 25 MiB RSS, less CPU than each peer for more series");
    return figures;
  }

  private static List<Double> told(List<Map<String, Double>> rounds, String name) {
    return rounds.stream()
        .flatMap(each -> java.util.stream.Stream.ofNullable(each.get(name)))
        .toList();
  }

  private static List<Double> more(
      List<Map<String, Double>> rounds, List<Map<String, Double>> none, String name) {
    List<Double> with = told(rounds, name);
    List<Double> without = told(none, name);
    List<Double> more = new ArrayList<>();
    for (int i = 0; i < Math.min(with.size(), without.size()); i++) {
      more.add(with.get(i) - without.get(i));
    }
    return more;
  }
}
