// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Arm;
import io.plimsoll.bench.arm.Range;
import io.plimsoll.bench.arm.Stand;
import io.plimsoll.bench.child.Hello;
import io.plimsoll.bench.tree.Tree;
import io.plimsoll.bench.tree.Usage;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much later {@code main} begins with an agent: what stands in premain and before it. */
final class StartUp {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern MAIN = Pattern.compile("main (\\d+)");
  private static final Pattern BEFORE = Pattern.compile("before (\\d+)");
  private static final Pattern BEHIND = Pattern.compile("behind (\\d+)");
  private static final List<String> OPTIONS = List.of("-Xmx64m", "-Xshare:auto");
  private static final List<Arm> ARMS =
      List.of(
          Arm.NONE,
          Arm.EMPTY,
          Arm.OURS_FILE,
          Arm.OURS_HTTP,
          Arm.OURS_KAFKA,
          Arm.OURS_KAFKA_ABSENT,
          Arm.JMX_EXPORTER,
          Arm.JOLOKIA,
          Arm.OPEN_TELEMETRY);

  private final Range range;
  private final Path work;

  /** What one start took; premain was timed in a start of its own, between two marks. */
  private record Start(
      double mainMillis, double cpuMillis, double wallMillis, double premainMillis) {}

  StartUp(Range range, Path work) {
    this.range = range;
    this.work = work;
  }

  /** Starts each arm this often, in rotated order; the first round is not counted. */
  List<Figure> measure(int rounds, PrintWriter out) throws IOException, InterruptedException {
    Map<Arm, List<Start>> starts = new EnumMap<>(Arm.class);
    List<Arm> left = new ArrayList<>(ARMS);
    for (int round = 0; round <= rounds; round++) {
      Collections.rotate(left, 1);
      for (Arm arm : List.copyOf(left)) {
        Start start = once(arm, out);
        if (start == null) {
          left.remove(arm);
        } else if (round > 0) {
          starts.computeIfAbsent(arm, unused -> new ArrayList<>()).add(start);
        }
      }
      out.printf("start-up: round %d of %d%n", round, rounds);
    }
    return table(starts, out);
  }

  private List<Figure> table(Map<Arm, List<Start>> starts, PrintWriter out) {
    List<Start> none = starts.getOrDefault(Arm.NONE, List.of());
    List<Figure> figures = new ArrayList<>();
    out.printf(
        "%n%-18s %16s %16s %20s %14s %12s%n",
        "start-up",
        "main begins, ms",
        "later by, ms",
        "than empty agent, ms",
        "whole cpu, ms",
        "premain, ms");
    starts.forEach(
        (arm, each) -> {
          List<Double> main = each.stream().map(Start::mainMillis).toList();
          List<Double> cpu = each.stream().map(Start::cpuMillis).toList();
          List<Double> premain = each.stream().map(Start::premainMillis).toList();
          List<Double> later = new ArrayList<>();
          List<Double> more = new ArrayList<>();
          for (int i = 0; i < Math.min(each.size(), none.size()); i++) {
            later.add(each.get(i).mainMillis() - none.get(i).mainMillis());
            more.add(each.get(i).cpuMillis() - none.get(i).cpuMillis());
          }
          out.printf(
              Locale.ROOT,
              "%-18s %16.1f %16.1f %20.1f %14.1f %12.1f%n",
              arm.label(),
              Numbers.median(main),
              Numbers.median(later),
              Numbers.median(beside(each, starts)),
              Numbers.median(cpu),
              Numbers.median(premain));
          String name = "start-up: " + arm.label() + ": ";
          if (arm == Arm.NONE) {
            figures.add(Numbers.figure(name + "process start to main", main, "ms"));
          } else {
            figures.add(Numbers.figure(name + "premain", premain, "ms"));
            figures.add(Numbers.figure(name + "main begins later by", later, "ms"));
            figures.add(
                Numbers.figure(
                    name + "later than with an empty agent", beside(each, starts), "ms"));
            figures.add(Numbers.figure(name + "CPU of a trivial JVM, more by", more, "ms"));
          }
        });
    out.println(
        "  target: premain of ours <= 50 ms, from its jar's opening on; the empty agent's is the"
            + " JVM's own");
    return figures;
  }

  private static List<Double> beside(List<Start> each, Map<Arm, List<Start>> starts) {
    List<Start> empty = starts.getOrDefault(Arm.EMPTY, List.of());
    List<Double> later = new ArrayList<>();
    for (int i = 0; i < Math.min(each.size(), empty.size()); i++) {
      later.add(each.get(i).mainMillis() - empty.get(i).mainMillis());
    }
    return later;
  }

  /** Null when the agent refused its options. */
  private @Nullable Start once(Arm arm, PrintWriter out) throws IOException, InterruptedException {
    Said plain = run(arm, false, out);
    Said marked = plain == null || arm == Arm.NONE ? plain : run(arm, true, out);
    if (plain == null || marked == null) {
      return null;
    }
    double premain = arm == Arm.NONE ? 0 : (marked.nanos(BEHIND) - marked.nanos(BEFORE)) / 1e6;
    return new Start(
        (plain.nanos(MAIN) - plain.startNanos()) / 1e6,
        plain.usage().cpuNanos() / 1e6,
        plain.usage().wallMillis(),
        premain);
  }

  /** What a child printed, and when it was started. */
  private record Said(String text, long startNanos, Usage usage) {
    private long nanos(Pattern line) {
      Matcher found = line.matcher(text);
      if (!found.find()) {
        throw new ProblemException("no '" + line + "' in what the child printed: " + text);
      }
      return Long.parseLong(found.group(1));
    }
  }

  private @Nullable Said run(Arm arm, boolean isMarked, PrintWriter out)
      throws IOException, InterruptedException {
    Path folder = work.resolve("start-" + arm.label());
    Places.remove(folder);
    Files.createDirectories(folder);
    Path output = folder.resolve("output.txt");
    try (Stand stand = range.open(arm, folder)) {
      List<String> agents = new ArrayList<>(stand.jvmOptions());
      if (isMarked) {
        agents.add(0, range.mark("before"));
        agents.add(range.mark("behind"));
      }
      List<String> command = ChildJvm.alone(agents, Hello.class, OPTIONS, List.of());
      long start = System.nanoTime();
      stand.begin(LIMIT);
      Usage usage;
      try (Tree tree = Tree.start(command, folder, output, Map.of())) {
        usage = tree.await(LIMIT);
      }
      stand.delivered();
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      String refusal = ChildJvm.refusal(output);
      if (!refusal.isEmpty() || !MAIN.matcher(text).find()) {
        out.println("  " + arm.label() + " left out: " + (refusal.isEmpty() ? output : refusal));
        return null;
      }
      return new Said(text, start, usage);
    }
  }
}
