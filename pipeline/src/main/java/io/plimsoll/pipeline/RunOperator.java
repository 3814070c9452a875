// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.store.RunCatalogue.RunSummary;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the folds of a run's processes: its line in the catalogue, the windows of the run and its
 * stages, and the findings are written every few seconds while there is news, and once more when
 * the run is complete.
 */
final class RunOperator extends KeyedProcessFunction<String, StoreWrite.Fold, StoreWrite> {
  private static final long serialVersionUID = 1L;
  private static final Logger logger = LoggerFactory.getLogger(RunOperator.class);

  /** How much longer a run is remembered that has not become complete. */
  private static final int NO_END_FACTOR = 24;

  private final RunDiagnosis diagnosis;
  private final long newsEveryMillis;
  private final long silenceMillis;
  private final long retentionMillis;
  private transient @Nullable MapState<String, StoreWrite.Fold> folds;
  private transient @Nullable ValueState<Long> newsTimer;
  private transient @Nullable ValueState<Long> dropTimer;
  private transient @Nullable Map<String, LiveRun> liveRuns;

  RunOperator(RunDiagnosis diagnosis, Duration newsEvery, Duration silence, Duration retention) {
    this.diagnosis = diagnosis;
    this.newsEveryMillis = newsEvery.toMillis();
    this.silenceMillis = silence.toMillis();
    this.retentionMillis = retention.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    folds =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("folds", Types.STRING, StoreWrite.Fold.TYPE));
    newsTimer = getRuntimeContext().getState(new ValueStateDescriptor<>("news-timer", Types.LONG));
    dropTimer = getRuntimeContext().getState(new ValueStateDescriptor<>("drop-timer", Types.LONG));
    liveRuns = new HashMap<>();
  }

  @Override
  public void processElement(StoreWrite.Fold fold, Context context, Collector<StoreWrite> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    LiveRun live = live(context.getCurrentKey(), fold.run(), now);
    String process = fold.process().toString();
    StoreWrite.Fold known = folds().get(process);
    if (known == null || fold.revision() > known.revision()) {
      folds().put(process, fold);
      live.put(fold, now);
    }
    wakeIn(newsEveryMillis, now, context);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<StoreWrite> out)
      throws Exception {
    Long dropAt = dropTimer().value();
    if (dropAt != null && dropAt == timestamp && newsTimer().value() == null) {
      forget(context.getCurrentKey());
      return;
    }
    newsTimer().clear();
    StoreWrite.Fold any = anyFold();
    if (any == null) {
      return;
    }
    long now = context.timerService().currentProcessingTime();
    LiveRun live = live(context.getCurrentKey(), any.run(), now);
    RunProfile profile = live.profile(now - newsEveryMillis, now - silenceMillis);
    write(profile, live, out);
    if (profile.endMillis() >= 0 && !profile.complete()) {
      wakeIn(newsEveryMillis, now, context);
    }
    dropLater(profile.complete(), now, context);
  }

  private void write(RunProfile profile, LiveRun live, Collector<StoreWrite> out) {
    // Completeness may come without an envelope; it has a revision of its own.
    long revision = 2 * live.revision() + (profile.complete() ? 1 : 0);
    List<Rollup> rollups = live.changedRollups(profile);
    if (!rollups.isEmpty()) {
      out.collect(new StoreWrite.Rollups(rollups));
    }
    List<Finding> findings = findings(profile);
    if (findings != null) {
      out.collect(new StoreWrite.Findings(profile.key(), revision, findings));
    }
    RunSummary summary =
        new RunSummary(
            profile.key(),
            profile.name(),
            profile.engine(),
            profile.startMillis(),
            profile.endMillis(),
            profile.complete());
    out.collect(new StoreWrite.Summary(summary, revision));
  }

  /** Null when the diagnosis failed: its bug must not stop the numbers. */
  private @Nullable List<Finding> findings(RunProfile profile) {
    try {
      return diagnosis.findings(profile);
    } catch (RuntimeException e) {
      getRuntimeContext().getMetricGroup().counter("diagnosis-failures").inc();
      logger.error("the diagnosis of run {} failed; its numbers are stored", profile.key().id(), e);
      return null;
    }
  }

  private void wakeIn(long millis, long now, Context context) throws Exception {
    if (newsTimer().value() == null) {
      newsTimer().update(now + millis);
      context.timerService().registerProcessingTimeTimer(now + millis);
    }
  }

  private void dropLater(boolean complete, long now, Context context) throws Exception {
    Long before = dropTimer().value();
    if (before != null) {
      context.timerService().deleteProcessingTimeTimer(before);
    }
    long at = now + (complete ? retentionMillis : NO_END_FACTOR * retentionMillis);
    dropTimer().update(at);
    context.timerService().registerProcessingTimeTimer(at);
  }

  private void forget(String key) {
    folds().clear();
    newsTimer().clear();
    dropTimer().clear();
    liveRuns().remove(key);
  }

  private LiveRun live(String key, RunKey run, long now) throws Exception {
    LiveRun known = liveRuns().get(key);
    if (known == null) {
      known = new LiveRun(run);
      for (StoreWrite.Fold fold : folds().values()) {
        known.put(fold, now);
      }
      liveRuns().put(key, known);
    }
    return known;
  }

  private StoreWrite.@Nullable Fold anyFold() throws Exception {
    for (StoreWrite.Fold fold : folds().values()) {
      return fold;
    }
    return null;
  }

  private MapState<String, StoreWrite.Fold> folds() {
    return opened(folds);
  }

  private ValueState<Long> newsTimer() {
    return opened(newsTimer);
  }

  private ValueState<Long> dropTimer() {
    return opened(dropTimer);
  }

  private Map<String, LiveRun> liveRuns() {
    return opened(liveRuns);
  }

  private static <T> T opened(@Nullable T part) {
    return Objects.requireNonNull(part, "the operator is not open");
  }
}
