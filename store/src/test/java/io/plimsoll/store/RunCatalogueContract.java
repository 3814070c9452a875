// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.EvidenceGrade;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.RunCatalogue.RunSummary;
import io.plimsoll.tuner.recommendation.Abstention;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Interval;
import io.plimsoll.tuner.recommendation.Recommendation;
import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RunCatalogue} promises. */
public abstract class RunCatalogueContract {
  private static final RunKey RUN = new RunKey("local", "app-1", 0);
  private static final RunKey LATER = new RunKey("local", "app-2", 0);
  private static final UUID DRIVER = new UUID(1, 1);
  private static final UUID EXECUTOR = new UUID(2, 2);
  private static final long START = 1_700_000_000_000L;

  private RunCatalogue catalogue;

  protected abstract RunCatalogue open();

  @BeforeEach
  void openCatalogue() {
    catalogue = open();
  }

  @Test
  void runsComeLatestStartFirst() {
    RunSummary first = new RunSummary(RUN, "orders", "spark", 1_000, 2_000, true);
    RunSummary second = new RunSummary(LATER, "orders", "spark", 3_000, -1, false);
    catalogue.upsertRun(first, 1);
    catalogue.upsertRun(second, 1);
    assertThat(catalogue.runs()).containsExactly(second, first);
  }

  @Test
  void lowerRevisionOfTheSummaryChangesNothing() {
    RunSummary complete = new RunSummary(RUN, "orders", "spark", 1_000, 2_000, true);
    catalogue.upsertRun(complete, 5);
    catalogue.upsertRun(new RunSummary(RUN, "", "", -1, -1, false), 4);
    assertThat(catalogue.runs()).containsExactly(complete);
  }

  @Test
  void runWithoutSummaryIsNotListed() {
    catalogue.upsertProcess(RUN, DRIVER, 1, driver(1).toBytes());
    assertThat(catalogue.runs()).isEmpty();
  }

  @Test
  void profileIsFoldedFromTheProcesses() {
    ProcessFold driver = driver(3);
    ProcessFold executor = executor();
    catalogue.upsertProcess(RUN, DRIVER, 3, driver.toBytes());
    catalogue.upsertProcess(RUN, EXECUTOR, 1, executor.toBytes());
    assertThat(catalogue.profile(RUN)).contains(RunFold.profile(RUN, List.of(driver, executor)));
    assertThat(catalogue.profile(LATER)).isEmpty();
  }

  @Test
  void lowerRevisionOfAProcessChangesNothing() {
    catalogue.upsertProcess(RUN, DRIVER, 3, driver(3).toBytes());
    catalogue.upsertProcess(RUN, DRIVER, 1, driver(1).toBytes());
    assertThat(catalogue.profile(RUN)).contains(RunFold.profile(RUN, List.of(driver(3))));
  }

  @Test
  void profileIsCompleteWhenTheSummarySaysSo() {
    catalogue.upsertProcess(RUN, DRIVER, 3, driver(3).toBytes());
    assertThat(catalogue.profile(RUN).orElseThrow().complete()).isFalse();
    catalogue.upsertRun(new RunSummary(RUN, "orders", "spark", START, START + 9, true), 7);
    assertThat(catalogue.profile(RUN).orElseThrow().complete()).isTrue();
  }

  @Test
  void foldOfAnotherVersionIsNamed() {
    catalogue.upsertProcess(RUN, DRIVER, 1, new byte[] {1, 2, 3});
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> catalogue.profile(RUN))
        .withMessageContaining("local~app-1~0")
        .satisfies(e -> assertThat(e.code()).isEqualTo(StoreException.Code.INCOMPATIBLE));
  }

  @Test
  void findingsComeBackInOrderWithEvidence() {
    List<Finding> findings = List.of(fired(), notEvaluated());
    catalogue.upsertFindings(RUN, 2, findings);
    assertThat(catalogue.findings(RUN)).isEqualTo(findings);
    assertThat(catalogue.findings(LATER)).isEmpty();
  }

  @Test
  void laterFindingsReplaceAllEarlierOnes() {
    catalogue.upsertFindings(RUN, 1, List.of(fired(), notEvaluated()));
    catalogue.upsertFindings(RUN, 2, List.of(notEvaluated()));
    catalogue.upsertFindings(RUN, 1, List.of(fired()));
    assertThat(catalogue.findings(RUN)).containsExactly(notEvaluated());
    catalogue.upsertFindings(RUN, 3, List.of());
    assertThat(catalogue.findings(RUN)).isEmpty();
  }

  @Test
  void recommendationComesBackWhole() {
    Recommendation recommendation =
        new Recommendation(
            RUN,
            List.of(change("spark.executor.memory", "7g"), change("spark.executor.cores", "1")),
            List.of(new Abstention("spark.memory.fraction", "not measured", "a full collection")),
            0.25,
            1.0);
    catalogue.putRecommendation(recommendation);
    assertThat(catalogue.recommendation(RUN)).contains(recommendation);
    assertThat(catalogue.recommendation(LATER)).isEmpty();
  }

  @Test
  void newRecommendationReplacesTheOldOne() {
    catalogue.putRecommendation(
        new Recommendation(RUN, List.of(change("spark.executor.memory", "7g")), List.of(), 0.5, 1));
    Recommendation latest =
        new Recommendation(
            RUN, List.of(), List.of(new Abstention("spark.executor.memory", "a", "b")), 1, 1);
    catalogue.putRecommendation(latest);
    assertThat(catalogue.recommendation(RUN)).contains(latest);
  }

  private static Finding fired() {
    return new Finding(
        "memory.over-asked",
        "executors",
        FindingState.FIRED,
        Severity.SEVERE,
        0.9,
        new Impact(Long.MAX_VALUE, 17, 3),
        "the job's own 7 earlier runs",
        List.of(
            new Evidence("live set", 1.5e9, "bytes", "1"),
            new Evidence("share", Double.NaN, "ratio", "run")),
        List.of(new Evidence("peak", 2e9, "bytes", "2")),
        "The executors asked for four times what they used.",
        "Lower spark.executor.memory");
  }

  private static Finding notEvaluated() {
    return new Finding(
        "gc.pressure",
        "executor:1",
        FindingState.NOT_EVALUATED,
        Severity.NONE,
        0,
        Impact.NONE,
        "",
        List.of(),
        List.of(),
        "No collection was seen.",
        "");
  }

  private static Change change(String key, String from) {
    return new Change(
        key,
        from,
        "2g",
        "live / 0.6",
        new TreeMap<>(Map.of("live", "1.2 GiB", "young", "0.1 GiB")),
        EvidenceGrade.ESTIMATED,
        new Interval(-1, Long.MAX_VALUE, "bytes", 0.95, "ten runs"),
        "out of memory in one run of a hundred",
        "an OutOfMemoryError");
  }

  private static ProcessFold driver(int samples) {
    ProcessIdentity identity = identity(DRIVER).role(Role.DRIVER).build();
    ProcessFold fold = ProcessFold.of(DRIVER);
    fold.add(
        header(identity, Stream.EVENTS)
            .events(
                List.of(
                    EngineEvent.builder(EventKind.APPLICATION_STARTED, START)
                        .put(EventText.APPLICATION_NAME, "orders")
                        .put(EventText.ENGINE, "spark")
                        .build(),
                    EngineEvent.builder(EventKind.APPLICATION_ENDED, START + 9).build())));
    for (int i = 0; i < samples; i++) {
      fold.add(
          Envelope.header(identity, Stream.SAMPLES, i, ClockAnchor.of(START, 0), LossCounters.NONE)
              .samples(
                  List.of(
                      Sample.of(START + 1000L * i, Map.of(MetricKey.of(Metric.RSS), 100L + i)))));
    }
    return fold;
  }

  private static ProcessFold executor() {
    ProcessIdentity identity = identity(EXECUTOR).role(Role.EXECUTOR).executorId("1").build();
    ProcessFold fold = ProcessFold.of(EXECUTOR);
    fold.add(
        header(identity, Stream.SAMPLES)
            .samples(List.of(Sample.of(START, Map.of(MetricKey.of(Metric.RSS), 5L)))));
    return fold;
  }

  private static Envelope.Header header(ProcessIdentity identity, Stream stream) {
    return Envelope.header(identity, stream, 0, ClockAnchor.of(START, 0), LossCounters.NONE);
  }

  private static ProcessIdentity.Builder identity(UUID process) {
    return ProcessIdentity.builder(process)
        .host("h", "boot")
        .pid(1, START)
        .cluster("local")
        .application("app-1", 0);
  }
}
