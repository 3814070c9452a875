// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.embedded.ProcessUsage;
import io.plimsoll.profile.Books;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Recommendation;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the demo prints of one finished run. */
final class RunTables {
  /** Points of which a line names so many. */
  private static final int MOST_NAMED = 3;

  private static final int STAGES_SHOWN = 12;

  private final PrintWriter out;

  RunTables(PrintWriter out) {
    this.out = out;
  }

  void print(FinishedRun run) {
    processes(run);
    stages(run.profile());
    books(run);
    join(run.join());
  }

  private void processes(FinishedRun run) {
    out.println();
    out.println("Processes of run " + run.label() + " (" + run.profile().key().id() + ")");
    List<List<String>> rows = new ArrayList<>();
    for (ProcessProfile process : run.profile().processes()) {
      ContainerSize asked =
          process.role() == Role.DRIVER
              ? ContainerSize.driver(run.profile().config())
              : ContainerSize.executor(run.profile().config());
      GaugeProfile rss = process.gauge(Metric.RSS);
      GaugeProfile peak = process.gauge(Metric.RSS_PEAK);
      long cpu = process.counter(Metric.PROCESS_CPU, 0);
      long gc = process.counter(Metric.CPU_GC, 0);
      rows.add(
          List.of(
              name(process),
              Text.seconds(process.lifetimeMillis()),
              Text.size(asked.totalBytes()),
              rss == null ? "-" : Text.size(rss.mean()),
              peak == null ? "-" : Text.size(peak.max()),
              live(process),
              Text.seconds(cpu / 1e6),
              Text.percent(cpu / 1e6 / Math.max(1, process.lifetimeMillis())),
              Text.percent((double) gc / Math.max(1, cpu)),
              Long.toString(process.attempts().attempts()),
              Text.size(process.attempts().allocatedBytes())));
    }
    Text.table(
        out,
        List.of(
            "process",
            "lived",
            "asked",
            "RSS mean",
            "RSS peak",
            "live set",
            "CPU",
            "of 1 core",
            "GC CPU",
            "attempts",
            "allocated"),
        rows);
  }

  static String name(ProcessProfile process) {
    String role = process.role().name().toLowerCase(Locale.ROOT);
    String executor = process.identity().executorId();
    return process.role() == Role.EXECUTOR ? role + " " + executor : role;
  }

  private static String live(ProcessProfile process) {
    return switch (process.gc().liveSetGrade()) {
      case NONE -> "no collection";
      case BOUND -> "<= " + Text.size(process.gc().liveSetBytes());
      default -> "~ " + Text.size(process.gc().liveSetBytes());
    };
  }

  private void stages(RunProfile run) {
    out.println();
    List<StageProfile> byCpu =
        run.stages().stream()
            .filter(stage -> stage.attempts().attempts() > 0)
            .sorted(
                Comparator.comparingLong((StageProfile stage) -> stage.attempts().cpuNanos())
                    .reversed())
            .toList();
    out.println(
        "Stages by CPU: "
            + Math.min(STAGES_SHOWN, byCpu.size())
            + " of "
            + byCpu.size()
            + " (the API has them all)");
    List<List<String>> rows = new ArrayList<>();
    for (StageProfile stage : byCpu.stream().limit(STAGES_SHOWN).toList()) {
      long wall = stage.isComplete() ? stage.completedMillis() - stage.submittedMillis() : -1;
      rows.add(
          List.of(
              stage.id(),
              Long.toString(stage.attempts().attempts()),
              wall < 0 ? "running" : Text.seconds(wall),
              Text.seconds(stage.attempts().cpuNanos() / 1e6),
              Text.size(stage.attempts().allocatedBytes()),
              Text.seconds(stage.attemptWallMillis().median()),
              Text.seconds(stage.attemptWallMillis().max()),
              Text.size(stage.engine().inputBytes() + stage.engine().shuffleReadBytes()),
              Text.size(stage.engine().shuffleWriteBytes()),
              Text.size(stage.engine().diskSpillBytes()),
              shorten(stage.name())));
    }
    Text.table(
        out,
        List.of(
            "stage",
            "attempts",
            "wall",
            "CPU",
            "allocated",
            "median",
            "longest",
            "read",
            "shuffled",
            "spilled",
            "name"),
        rows);
  }

  private static String shorten(String name) {
    return name.length() <= 40 ? name : name.substring(0, 39) + "…";
  }

  private void books(FinishedRun run) {
    out.println();
    out.println(
        "Books per role: what the agents attribute, and what stays against the kernel's count");
    List<List<String>> rows = new ArrayList<>();
    for (Books.Line line : Books.of(run.profile())) {
      long kernel = kernelCpuNanos(run, line.role());
      if (kernel == 0) {
        continue;
      }
      rows.add(
          List.of(
              line.role().name().toLowerCase(Locale.ROOT),
              Text.seconds(kernel / 1e6),
              Text.seconds(line.processCpuNanos() / 1e6),
              share(line.attemptCpuNanos(), kernel),
              share(line.gcCpuNanos(), kernel),
              share(line.jitCpuNanos(), kernel),
              share(line.satelliteCpuNanos(), kernel),
              share(line.agentCpuNanos(), kernel),
              share(kernel - line.toldCpuNanos(), kernel)));
    }
    Text.table(
        out,
        List.of(
            "role",
            "/proc CPU",
            "agent's own",
            "attempts",
            "GC",
            "JIT",
            "named threads",
            "agent",
            "residual"),
        rows);
  }

  static long kernelCpuNanos(FinishedRun run, Role role) {
    return switch (role) {
      case EXECUTOR -> run.executorCpuNanos();
      case DRIVER -> run.driver().cpuNanos();
      default -> 0;
    };
  }

  private static String share(long nanos, long whole) {
    return Text.seconds(nanos / 1e6) + " " + Text.percent((double) nanos / Math.max(1, whole));
  }

  private void join(AttemptJoin join) {
    out.println();
    out.printf(
        Locale.ROOT,
        "Attempts joined with Spark's event log: %d logged, %d seen by the agent, %d joined; agent"
            + " CPU is %.3f of Spark's own; below Spark's in %d.%n",
        join.logged(),
        join.seen(),
        join.joined(),
        join.cpuRatio(),
        join.cpuBelow());
    join.differences().forEach((why, count) -> out.println("  " + count + " × " + why));
    if (join.differences().isEmpty()) {
      out.println("  no difference");
    }
    out.flush();
  }

  void findings(List<Finding> findings) {
    out.println();
    Map<FindingState, Long> counts =
        findings.stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    Finding::state,
                    java.util.TreeMap::new,
                    java.util.stream.Collectors.counting()));
    out.println(
        "Diagnosis: "
            + Stream.of(FindingState.values())
                .map(state -> counts.getOrDefault(state, 0L) + " " + words(state))
                .collect(java.util.stream.Collectors.joining(", ")));
    findings.stream()
        .filter(finding -> finding.state() == FindingState.FIRED)
        .sorted(Comparator.comparing(Finding::severity).reversed())
        .forEach(this::fired);
    notEvaluated(findings);
    out.flush();
  }

  /** Points on one line by what would supply their inputs; the API names each input. */
  private void notEvaluated(List<Finding> findings) {
    Map<String, List<String>> byWayOut =
        findings.stream()
            .filter(finding -> finding.state() == FindingState.NOT_EVALUATED)
            .collect(
                java.util.stream.Collectors.groupingBy(
                    finding -> lastSentence(finding.reason()),
                    java.util.TreeMap::new,
                    java.util.stream.Collectors.mapping(
                        Finding::point, java.util.stream.Collectors.toList())));
    byWayOut.forEach(
        (wayOut, points) -> {
          int shown = Math.min(MOST_NAMED, points.size());
          out.println(
              "  not evaluated  "
                  + String.join(", ", points.subList(0, shown))
                  + (points.size() > shown ? " and " + (points.size() - shown) + " more" : "")
                  + ": "
                  + wayOut);
        });
  }

  private static String lastSentence(String text) {
    int before = text.strip().lastIndexOf(". ");
    return before < 0 ? text : text.strip().substring(before + 2);
  }

  private void fired(Finding finding) {
    out.printf(
        Locale.ROOT,
        "  %-8s %s on %s: %s%n",
        finding.severity(),
        finding.point(),
        finding.component(),
        finding.reason());
    List<String> costs = new ArrayList<>();
    if (finding.impact().mebibyteMillis() > 0) {
      costs.add(String.format(Locale.ROOT, "%.3f GiB·h", finding.impact().gibHours()));
    }
    if (finding.impact().coreMillis() > 0) {
      costs.add(String.format(Locale.ROOT, "%.4f core·h", finding.impact().coreHours()));
    }
    if (!costs.isEmpty()) {
      out.println("           costs this run " + String.join(" and ", costs));
    }
  }

  private static String words(FindingState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  void recommendation(Recommendation recommendation) {
    out.println();
    out.println("Recommendation from this one run");
    for (Change change : recommendation.changes()) {
      out.println("  - " + change.key() + " " + change.from());
      out.println("  + " + change.key() + " " + change.to());
      out.println("      formula   " + change.formula());
      out.println("      inputs    " + change.inputs());
      out.println(
          "      evidence  "
              + change.grade().name().toLowerCase(Locale.ROOT)
              + "; need between "
              + amount(change.interval().low(), change.interval().unit())
              + " and "
              + amount(change.interval().high(), change.interval().unit())
              + " ("
              + change.interval().basis()
              + ")");
      out.println("      risk      " + change.risk());
      out.println("      reverted  " + change.revertedBy());
    }
    for (Abstention abstention : recommendation.abstained()) {
      out.println("  no advice for " + abstention.key() + ": " + abstention.reason());
      if (!abstention.wouldNeed().isBlank()) {
        out.println("      would need: " + abstention.wouldNeed());
      }
    }
    out.flush();
  }

  private static String amount(long value, String unit) {
    return unit.equals("bytes") ? Text.size(value) : value + " " + unit;
  }

  /** One line for each process that lives: the pipeline's view while the job runs. */
  void live(RunProfile run, Map<Long, ProcessUsage> kernel, long nowMillis) {
    for (ProcessProfile process : run.processes()) {
      GaugeProfile rss = process.gauge(Metric.RSS);
      GaugeProfile heap = process.gauge(Metric.HEAP_USED);
      if (rss == null || heap == null || process.ended()) {
        continue;
      }
      ProcessUsage usage = kernel.get(process.identity().pid());
      out.printf(
          Locale.ROOT,
          "  %5.0f s  %-11s  %3.0f s CPU  RSS %-9s heap %-9s %5d attempts  (heard %.0f s ago%s)%n",
          (nowMillis - run.startMillis()) / 1e3,
          name(process),
          process.counter(Metric.PROCESS_CPU, 0) / 1e9,
          Text.size(rss.last()),
          Text.size(heap.last()),
          process.attempts().attempts(),
          Math.max(0, nowMillis - process.lastSampleMillis()) / 1e3,
          usage == null || usage.alive() ? "" : ", ended");
    }
    out.flush();
  }
}
