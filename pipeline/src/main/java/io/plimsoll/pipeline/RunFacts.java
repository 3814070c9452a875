// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.profile.GaugeProfile;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.RunCosts;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.Fact;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one run, its processes and its findings are told as; it knows what of the run was told. */
final class RunFacts {
  private final Set<String> fired = new HashSet<>();

  /**
   * The run.
   *
   * @param whole its profile when it is complete
   */
  Fact run(RunSummary summary, Optional<RunProfile> whole) {
    SortedMap<String, Long> numbers = new TreeMap<>();
    numbers.put("complete", summary.complete() ? 1L : 0L);
    if (summary.endMillis() >= 0) {
      numbers.put("wall.millis", summary.endMillis() - summary.startMillis());
    }
    whole.ifPresent(profile -> costs(profile, numbers));
    return new Fact(
        Fact.Kind.RUN,
        summary.key(),
        "",
        summary.startMillis(),
        new TreeMap<>(Map.of("job", summary.name())),
        numbers,
        new TreeMap<>(Map.of("engine", summary.engine())));
  }

  /** A process. */
  static Fact process(RunKey run, ProcessProfile process) {
    SortedMap<String, Long> numbers = new TreeMap<>();
    numbers.put("pid", process.identity().pid());
    numbers.put("ended", process.ended() ? 1L : 0L);
    numbers.put("coverage.envelopes", process.coverage().envelopes());
    numbers.put("coverage.missing", process.coverage().missingEnvelopes());
    numbers.put("attempt.count", process.attempts().attempts());
    highest(process, Metric.RSS, numbers);
    highest(process, Metric.HEAP_USED, numbers);
    highest(process, Metric.HEAP_MAX, numbers);
    total(process, Metric.PROCESS_CPU, numbers);
    total(process, Metric.CPU_GC, numbers);
    total(process, Metric.CPU_AGENT, numbers);
    return new Fact(
        Fact.Kind.PROCESS,
        run,
        process.identity().process().toString(),
        process.identity().startEpochMillis(),
        new TreeMap<>(
            Map.of(
                "role",
                process.identity().role().name().toLowerCase(Locale.ROOT),
                "host",
                process.identity().host())),
        numbers,
        new TreeMap<>(Map.of("executor", process.identity().executorId())));
  }

  /** Points that have fired, one fact for each: fired now, or no longer. */
  List<Fact> findings(RunSummary summary, List<Finding> all) {
    SortedMap<String, Finding> worst = new TreeMap<>();
    for (Finding finding : all) {
      if (finding.state() == FindingState.FIRED) {
        worst.merge(
            finding.point(),
            finding,
            (one, other) -> other.severity().compareTo(one.severity()) > 0 ? other : one);
      }
    }
    fired.addAll(worst.keySet());
    List<Fact> told = new ArrayList<>();
    for (String point : fired) {
      told.add(finding(summary, point, Optional.ofNullable(worst.get(point))));
    }
    return told;
  }

  private static Fact finding(RunSummary summary, String point, Optional<Finding> finding) {
    SortedMap<String, Long> numbers = new TreeMap<>();
    numbers.put("fired", finding.isPresent() ? 1L : 0L);
    numbers.put("severity", finding.map(one -> (long) one.severity().ordinal()).orElse(0L));
    numbers.put(
        "cost.mebibyte.millis", finding.map(one -> one.impact().mebibyteMillis()).orElse(0L));
    numbers.put("cost.core.millis", finding.map(one -> one.impact().coreMillis()).orElse(0L));
    numbers.put("cost.wall.millis", finding.map(one -> one.impact().wallMillis()).orElse(0L));
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("component", finding.map(Finding::component).orElse(""));
    texts.put("reason", finding.map(Finding::reason).orElse("no longer"));
    return new Fact(
        Fact.Kind.FINDING,
        summary.key(),
        point,
        summary.startMillis(),
        new TreeMap<>(Map.of("job", summary.name())),
        numbers,
        texts);
  }

  private static void costs(RunProfile profile, SortedMap<String, Long> numbers) {
    try {
      RunCosts.Line line = RunCosts.of(profile).total();
      numbers.put("allocated.gib.millis", millis(line.allocatedGiBSeconds()));
      numbers.put("allocated.core.millis", millis(line.allocatedCoreSeconds()));
      numbers.put("used.rss.gib.millis", millis(line.usedRssGiBSeconds()));
      numbers.put("used.live.gib.millis", millis(line.usedLiveGiBSeconds()));
      numbers.put("used.cpu.millis", millis(line.usedCpuSeconds()));
    } catch (IllegalArgumentException e) {
      // A setting that is no size: the run's costs are not known, the run is.
      numbers.put("allocated.unknown", 1L);
    }
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1e3);
  }

  private static void highest(
      ProcessProfile process, Metric metric, SortedMap<String, Long> numbers) {
    GaugeProfile gauge = process.gauges().get(MetricKey.of(metric));
    if (gauge != null) {
      numbers.put(metric.wireName() + ".max", gauge.max());
    }
  }

  private static void total(
      ProcessProfile process, Metric metric, SortedMap<String, Long> numbers) {
    Long total = process.counters().get(MetricKey.of(metric));
    if (total != null) {
      numbers.put(metric.wireName(), total);
    }
  }
}
