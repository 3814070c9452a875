// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.point.Catalogue;
import io.plimsoll.diagnosis.point.DiagnosisPoint;
import io.plimsoll.diagnosis.scorecard.CostLine;
import io.plimsoll.profile.ContainerSize;
import io.plimsoll.profile.ExecutorProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.standalone.terminal.Amount;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What terminal and page say in the same words. */
public final class Phrases {
  private static final Map<String, String> TITLES = titles();

  private static final long SHORT_MILLIS = 30_000;

  private Phrases() {}

  /** What a point is called; its id where it is not in the catalogue. */
  public static String title(String point) {
    return TITLES.getOrDefault(point, point);
  }

  private static Map<String, String> titles() {
    Map<String, String> titles = new TreeMap<>();
    for (DiagnosisPoint point : Catalogue.all()) {
      titles.put(point.description().id(), point.description().title());
    }
    return Map.copyOf(titles);
  }

  /** Engine, id, start, duration and machines on one line. */
  public static String facts(RunProfile run) {
    List<String> facts = new ArrayList<>();
    String engine = run.engine().isEmpty() ? "spark" : run.engine();
    facts.add(
        engine.substring(0, 1).toUpperCase(Locale.ROOT)
            + engine.substring(1)
            + (run.engineVersion().isEmpty() ? "" : " " + run.engineVersion()));
    facts.add(
        run.key().application()
            + (run.key().attempt() > 0 ? " attempt " + run.key().attempt() : ""));
    facts.add(run.startMillis() < 0 ? "start unknown" : Amount.moment(run.startMillis()));
    if (run.wallMillis() > 0) {
      facts.add(Amount.time(run.wallMillis()));
    }
    String machines = machines(run);
    if (!machines.isEmpty()) {
      facts.add(machines);
    }
    return String.join(" · ", facts);
  }

  /** Executors, cores and hosts; empty when none was told. */
  public static String machines(RunProfile run) {
    List<ExecutorProfile> others =
        run.executors().stream().filter(each -> !each.executorId().equals("driver")).toList();
    if (others.isEmpty()) {
      return run.executors().isEmpty()
          ? ""
          : "local mode, " + Amount.counted(run.executors().get(0).cores(), "core");
    }
    long hosts = others.stream().map(ExecutorProfile::host).distinct().count();
    int most = others.stream().mapToInt(ExecutorProfile::cores).max().orElse(0);
    return Amount.counted(others.size(), "executor")
        + " of "
        + Amount.counted(most, "core")
        + " on "
        + Amount.counted(hosts, "host");
  }

  /** What one executor was given, by its configuration; -1 where that cannot be told. */
  public static long containerBytes(RunProfile run) {
    if (run.config().isEmpty()) {
      return -1;
    }
    try {
      return ContainerSize.executor(run.config()).totalBytes();
    } catch (IllegalArgumentException unreadable) {
      // A size that Spark itself would refuse.
      return -1;
    }
  }

  /** What a reader must know to read the findings of this run rightly. */
  public static List<String> caveats(RunProfile run) {
    List<String> caveats = new ArrayList<>();
    boolean isShell =
        run.config().keySet().stream().anyMatch(key -> key.startsWith("spark.repl."))
            || List.of("Spark shell", "PySparkShell", "SparkR").contains(run.name());
    if (isShell) {
      caveats.add(
          "This was an interactive shell: time without a job is a person at work, and what was held"
              + " meanwhile is its price.");
    }
    if (run.wallMillis() > 0 && run.wallMillis() < SHORT_MILLIS && run.complete() && !isShell) {
      caveats.add(
          "The run took less than "
              + SHORT_MILLIS / 1_000
              + " s: starting up is a large part of it.");
    }
    if (run.config().getOrDefault("spark.plugins", "").contains("rapids")) {
      caveats.add(
          "It ran on GPUs: CPU time does not show their work, and spill is that of their memory.");
    }
    return caveats;
  }

  /** What a problem cost, empty when nothing. */
  public static String costs(Finding finding) {
    List<String> costs = new ArrayList<>();
    Impact impact = finding.impact();
    if (impact.mebibyteMillis() > 0) {
      costs.add(Amount.number(impact.gibHours()) + " GiB·h");
    }
    if (impact.coreMillis() > 0) {
      costs.add(Amount.number(impact.coreHours()) + " core·h");
    }
    return String.join(" and ", costs);
  }

  /** What a cause took, its wall time first. */
  public static String losses(Impact impact) {
    List<String> parts = new ArrayList<>();
    parts.add(Amount.time(impact.wallMillis()) + " of the run");
    if (impact.coreMillis() > 0) {
      parts.add(Amount.number(impact.coreHours()) + " core·h");
    }
    if (impact.mebibyteMillis() > 0) {
      parts.add(Amount.number(impact.gibHours()) + " GiB·h");
    }
    return String.join(", ", parts);
  }

  /** What was given and used. */
  public static String costs(CostLine line, String currency) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "held "
            + (line.allocatedGiBHours() < 0
                ? "unknown memory"
                : Amount.number(line.allocatedGiBHours()) + " GiB·h")
            + " and "
            + Amount.number(line.allocatedCoreHours())
            + " core·h"
            + (line.price() < 0 ? "" : " (" + Amount.number(line.price()) + " " + currency + ")"));
    if (line.taskCoreHours() > 0) {
      parts.add("tasks took " + Amount.number(line.taskCoreHours()) + " core·h");
    }
    if (line.usedRssGiBHours() >= 0) {
      parts.add("resident " + Amount.number(line.usedRssGiBHours()) + " GiB·h");
    }
    if (line.usedLiveGiBHours() >= 0) {
      parts.add("live " + Amount.number(line.usedLiveGiBHours()) + " GiB·h");
    }
    if (line.usedCoreHours() >= 0) {
      parts.add("on CPU " + Amount.number(line.usedCoreHours()) + " core·h");
    }
    return String.join("; ", parts);
  }

  /** Hundredths of points as points. */
  public static String points(int hundredths) {
    return String.format(Locale.ROOT, "%.1f", hundredths / 100.0);
  }

  /** Keys that nothing is advised for, by the reason. */
  public static Map<String, List<String>> abstentions(Recommendation recommendation) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    recommendation
        .abstained()
        .forEach(
            each -> {
              String why = each.reason().strip();
              String reason = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
              String needs =
                  each.wouldNeed().isBlank() ? "" : "; it would take " + each.wouldNeed();
              keys.computeIfAbsent(reason + needs, any -> new ArrayList<>()).add(each.key());
            });
    return keys;
  }

  /** Points that were not evaluated, by the reason; the most frequent reason first. */
  public static Map<String, List<String>> unlooked(List<Finding> findings) {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (Finding finding : findings) {
      if (finding.state() == FindingState.NOT_EVALUATED) {
        List<String> points = byReason.computeIfAbsent(finding.reason(), any -> new ArrayList<>());
        if (!points.contains(finding.point())) {
          points.add(finding.point());
        }
      }
    }
    Map<String, List<String>> sorted = new LinkedHashMap<>();
    byReason.entrySet().stream()
        .sorted((one, other) -> Integer.compare(other.getValue().size(), one.getValue().size()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
