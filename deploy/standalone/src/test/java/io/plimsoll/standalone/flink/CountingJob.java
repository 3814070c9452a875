// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.flink;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Counts numbers by key in state, for ever; fails once when told to. Submitted by the tests. */
public final class CountingJob {
  private CountingJob() {}

  public static void main(String[] args) throws Exception {
    boolean fails = args.length > 0 && args[0].equals("fail-once");
    Configuration configuration = new Configuration();
    configuration.setString("execution.checkpointing.interval", "500ms");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "3");
    configuration.setString("restart-strategy.fixed-delay.delay", "100ms");
    configuration.setString("pipeline.global-job-parameters", "api.password:planted-secret");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(2);
    DataGeneratorSource<Long> source =
        new DataGeneratorSource<>(
            n -> n, Long.MAX_VALUE, RateLimiterStrategy.perSecond(200), Types.LONG);
    env.fromSource(
            source,
            WatermarkStrategy.<Long>forMonotonousTimestamps()
                .withTimestampAssigner((n, previous) -> System.currentTimeMillis()),
            "numbers")
        .keyBy(n -> n % 7)
        .map(new Count(fails))
        .name("count")
        .uid("count")
        .keyBy(n -> n % 3)
        .sinkTo(new DiscardingSink<>())
        .name("nowhere");
    env.executeAsync("counting");
  }

  private static final class Count extends RichMapFunction<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final long FAILS_AT = 400;

    private final boolean fails;
    private transient ValueState<Long> count;

    private Count(boolean fails) {
      this.fails = fails;
    }

    @Override
    public Long map(Long value) throws Exception {
      if (count == null) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
      }
      if (fails && value >= FAILS_AT && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
        throw new IllegalStateException("planned failure");
      }
      Long before = count.value();
      long now = before == null ? 1 : before + 1;
      count.update(now);
      return now;
    }
  }
}
