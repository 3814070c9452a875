// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.ProcessProfile;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.WireException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Folds what each process says. While a process has news, its windows, attempts and fold are
 * written every few seconds of processing time, as soon as it has told its run; so the last window
 * is written although no later event closes it. A fold's revision is the number of envelopes that
 * it has absorbed: the same envelopes give the same revision, also after a restart.
 */
final class ProcessOperator extends KeyedProcessFunction<String, Arrival, StoreWrite> {
  static final OutputTag<StoreWrite.Fold> FOLDS = new OutputTag<>("folds", StoreWrite.Fold.TYPE);
  static final String DUPLICATES = "duplicate-envelopes";
  static final String REFUSED = "refused-envelopes";

  /** Windows that end so long before a process's last sample are not corrected any more. */
  static final long LATENESS_MILLIS = Duration.ofMinutes(15).toMillis();

  private static final long serialVersionUID = 1L;

  /** An attempt is told once, when it has ended. */
  private static final long TASK_REVISION = 1;

  /** How much longer a process is remembered that has not told its end. */
  private static final int NO_END_FACTOR = 24;

  private final long newsEveryMillis;
  private final long retentionMillis;
  private final LongCounter duplicates = new LongCounter();
  private final LongCounter refused = new LongCounter();
  private transient @Nullable ValueState<ProcessState> states;

  ProcessOperator(Duration newsEvery, Duration retention) {
    this.newsEveryMillis = newsEvery.toMillis();
    this.retentionMillis = retention.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    states = getRuntimeContext().getState(new ValueStateDescriptor<>("process", ProcessState.TYPE));
    getRuntimeContext().addAccumulator(DUPLICATES, duplicates);
    getRuntimeContext().addAccumulator(REFUSED, refused);
  }

  @Override
  public void processElement(Arrival arrival, Context context, Collector<StoreWrite> out)
      throws IOException {
    ProcessState state = states().value();
    if (state == null) {
      state = new ProcessState(ProcessFold.of(UUID.fromString(context.getCurrentKey())));
    }
    if (isAbsorbed(state.fold(), arrival, state, context)) {
      long now = context.timerService().currentProcessingTime();
      state.heard(now);
      if (state.newsTimerMillis() == ProcessState.NO_TIMER) {
        state.newsTimer(now + newsEveryMillis);
        context.timerService().registerProcessingTimeTimer(state.newsTimerMillis());
      }
      states().update(state);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<StoreWrite> out)
      throws IOException {
    ProcessState state = states().value();
    if (state == null) {
      return;
    }
    if (timestamp == state.dropTimerMillis() && isForgotten(state, timestamp)) {
      states().clear();
      return;
    }
    RunKey run = state.fold().run();
    if (state.isChanged() && run != null) {
      writeNews(state, run, context, out);
    }
    state.fold().pruneWindowsBefore(state.fold().profile().lastSampleMillis() - LATENESS_MILLIS);
    state.newsTimer(ProcessState.NO_TIMER);
    if (state.dropTimerMillis() != ProcessState.NO_TIMER) {
      context.timerService().deleteProcessingTimeTimer(state.dropTimerMillis());
    }
    state.dropTimer(context.timerService().currentProcessingTime() + retentionMillis);
    context.timerService().registerProcessingTimeTimer(state.dropTimerMillis());
    states().update(state);
  }

  private boolean isAbsorbed(ProcessFold fold, Arrival arrival, ProcessState state, Context context)
      throws IOException {
    Envelope envelope = decoded(arrival.value());
    try {
      if (!fold.add(envelope)) {
        duplicates.add(1L);
        return false;
      }
    } catch (IllegalArgumentException e) {
      refused.add(1L);
      context.output(
          DecodeFunction.DEAD_LETTERS, new DeadLetter(arrival, "REFUSED: " + e.getMessage()));
      return false;
    }
    if (!envelope.attempts().isEmpty()) {
      state.addUnwrittenAttempts(arrival.value());
    }
    return true;
  }

  private void writeNews(
      ProcessState state, RunKey run, OnTimerContext context, Collector<StoreWrite> out)
      throws IOException {
    ProcessFold fold = state.fold();
    ProcessProfile profile = fold.profile();
    long revision = profile.coverage().envelopes();
    List<Rollup> rollups = new ArrayList<>(fold.changedRollups(run, revision));
    for (byte[] bytes : state.unwrittenAttempts()) {
      out.collect(new StoreWrite.Attempts(run, profile.identity().executorId(), bytes));
      for (AttemptRecord attempt : decoded(bytes).attempts()) {
        if (attempt.kind() == AttemptKind.WHOLE) {
          rollups.add(RunFold.task(run, attempt, TASK_REVISION));
        }
      }
    }
    if (!rollups.isEmpty()) {
      out.collect(new StoreWrite.Rollups(rollups));
    }
    state.written();
    StoreWrite.Fold written = new StoreWrite.Fold(run, fold.process(), revision, fold.toBytes());
    out.collect(written);
    context.output(FOLDS, written);
  }

  private static Envelope decoded(byte[] bytes) throws IOException {
    try {
      return EnvelopeDecoder.decode(bytes);
    } catch (WireException e) {
      throw new IOException("an envelope that was decoded before is not readable now", e);
    }
  }

  private boolean isForgotten(ProcessState state, long nowMillis) {
    long kept = state.fold().ended() ? retentionMillis : NO_END_FACTOR * retentionMillis;
    return !state.isChanged() && nowMillis - state.heardMillis() >= kept;
  }

  private ValueState<ProcessState> states() {
    return Objects.requireNonNull(states, "the operator is not open");
  }
}
