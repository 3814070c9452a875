// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.WireException;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Names the process of each envelope; what is no envelope goes to the side and is counted. */
final class DecodeFunction extends ProcessFunction<Arrival, Arrival> {
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", DeadLetter.TYPE);
  static final String READ = "envelopes-read";
  static final String DEAD = "dead-letters";

  private static final long serialVersionUID = 1L;

  private final LongCounter read = new LongCounter();
  private final LongCounter dead = new LongCounter();

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(READ, read);
    getRuntimeContext().addAccumulator(DEAD, dead);
    getRuntimeContext().getMetricGroup().gauge(READ, read::getLocalValue);
    getRuntimeContext().getMetricGroup().gauge(DEAD, dead::getLocalValue);
  }

  @Override
  public void processElement(Arrival arrival, Context context, Collector<Arrival> out) {
    try {
      Envelope envelope = EnvelopeDecoder.decode(arrival.value());
      out.collect(arrival.of(envelope.identity().process().toString()));
      read.add(1L);
    } catch (WireException e) {
      context.output(DEAD_LETTERS, new DeadLetter(arrival, e.code() + ": " + e.getMessage()));
      dead.add(1L);
    }
  }
}
