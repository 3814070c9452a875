// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.Fact;
import io.plimsoll.store.InMemoryStore;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.wire.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CopiedCatalogueTest {
  private static final SyntheticRun RUN = SyntheticRun.complete("app-1", 1);
  private static final long START = 1_700_000_003_217L;

  private final InMemoryStore first = new InMemoryStore();
  private final List<Fact> told = new ArrayList<>();
  private final AtomicLong now = new AtomicLong(1);
  private final CopiedCatalogue catalogue = new CopiedCatalogue(first, told::addAll, now::get);

  @Test
  void runIsToldWhenItsJobIsKnown() {
    catalogue.upsertRun(summary("", -1, false), 1);
    assertThat(told).isEmpty();
    catalogue.upsertRun(summary("daily orders", START, false), 2);
    assertThat(told)
        .containsExactly(
            new Fact(
                Fact.Kind.RUN,
                RUN.key(),
                "",
                START,
                new TreeMap<>(Map.of("job", "daily orders")),
                new TreeMap<>(Map.of("complete", 0L)),
                new TreeMap<>(Map.of("engine", "spark"))));
    assertThat(first.runs()).hasSize(1);
  }

  @Test
  void completeRunIsToldWithItsCostsAndProcesses() {
    folds().values().forEach(this::store);
    told.clear();
    catalogue.upsertRun(summary("daily orders", START, true), 9);
    assertThat(told).extracting(Fact::kind).containsOnlyOnce(Fact.Kind.RUN);
    assertThat(told.get(0).numbers())
        .containsEntry("complete", 1L)
        .containsEntry("wall.millis", 72_000L)
        .hasEntrySatisfying("allocated.gib.millis", value -> assertThat(value).isPositive())
        .hasEntrySatisfying("used.rss.gib.millis", value -> assertThat(value).isPositive());
    assertThat(told.stream().filter(fact -> fact.kind() == Fact.Kind.PROCESS))
        .hasSize(3)
        .allSatisfy(
            fact -> {
              assertThat(fact.labels().get("role")).isIn("driver", "executor");
              assertThat(fact.labels().get("host")).startsWith("host-");
              assertThat(fact.numbers()).containsEntry("coverage.missing", 0L);
            });
  }

  @Test
  void processIsToldOnceAMinute() {
    ProcessFold fold = folds().values().iterator().next();
    store(fold);
    store(fold);
    assertThat(told).hasSize(1);
    now.addAndGet(60_000);
    store(fold);
    assertThat(told).hasSize(2);
  }

  @Test
  void findingThatIsWithdrawnIsToldAsNotFired() {
    RunKey key = RUN.key();
    catalogue.upsertFindings(key, 1, List.of(finding(Severity.LOW), finding(Severity.SEVERE)));
    assertThat(told).isEmpty();
    catalogue.upsertRun(summary("daily orders", START, false), 1);
    assertThat(told.get(1).entity()).isEqualTo("memory.over-asked");
    assertThat(told.get(1).numbers()).containsEntry("fired", 1L).containsEntry("severity", 3L);
    told.clear();
    catalogue.upsertFindings(key, 2, List.of());
    catalogue.upsertRun(summary("daily orders", START, false), 2);
    assertThat(told.get(1).numbers()).containsEntry("fired", 0L).containsEntry("severity", 0L);
    assertThat(first.findings(key)).isEmpty();
  }

  private void store(ProcessFold fold) {
    catalogue.upsertProcess(RUN.key(), fold.process(), 1, fold.toBytes());
  }

  private static Map<UUID, ProcessFold> folds() {
    Map<UUID, ProcessFold> folds = new TreeMap<>();
    for (Envelope envelope : RUN.envelopes()) {
      folds.computeIfAbsent(envelope.identity().process(), ProcessFold::of).add(envelope);
    }
    return folds;
  }

  private static RunSummary summary(String name, long startMillis, boolean complete) {
    return new RunSummary(
        RUN.key(), name, "spark", startMillis, complete ? START + 72_000 : -1, complete);
  }

  private static Finding finding(Severity severity) {
    return new Finding(
        "memory.over-asked",
        "executors",
        FindingState.FIRED,
        severity,
        1,
        Impact.of(5_000, 17, 0),
        "",
        List.of(),
        List.of(),
        "because",
        "");
  }
}
