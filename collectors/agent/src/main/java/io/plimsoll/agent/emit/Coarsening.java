// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeDecoder;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import io.plimsoll.wire.codec.WireException;
import java.util.List;

/**
 * Says the same in fewer bytes: {@link #TWO} and {@link #FOUR} merge an envelope's samples to one
 * per two and four intervals, {@link #SUMS} folds its attempts into sums of their stage. An
 * envelope keeps its number, so the numbers stay without gaps.
 */
final class Coarsening {
  static final int NONE = 0;
  static final int TWO = 1;
  static final int FOUR = 2;
  static final int SUMS = 3;
  static final int DROP = 4;

  private final long intervalMillis;

  /** The interval is that of a sink that is well. */
  Coarsening(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  /** The highest level that does anything for a stream, given that all up to {@code level} may. */
  static int levelFor(Stream stream, int level) {
    switch (stream) {
      case SAMPLES:
        return Math.min(level, FOUR);
      case ATTEMPTS:
        return level >= SUMS ? SUMS : NONE;
      default:
        return NONE;
    }
  }

  /** The packet at this level; itself when it is there already or cannot be smaller. */
  Packet apply(Packet packet, int upTo) {
    int level = levelFor(packet.stream(), upTo);
    if (level <= packet.coarseness()) {
      return packet;
    }
    Envelope envelope;
    try {
      envelope = EnvelopeDecoder.decode(packet.bytes());
    } catch (WireException notOurs) {
      return packet.coarser(packet.bytes(), level, 0, 0);
    }
    Envelope.Header header =
        Envelope.header(
            envelope.identity(),
            envelope.stream(),
            envelope.sequence(),
            envelope.anchor(),
            envelope.loss());
    if (packet.stream() == Stream.SAMPLES) {
      List<Sample> merged =
          SampleMerge.every(intervalMillis * (level == TWO ? 2 : 4), envelope.samples());
      return packet.coarser(
          EnvelopeEncoder.encode(header.samples(merged)),
          level,
          envelope.samples().size() - merged.size(),
          0);
    }
    AttemptFold fold = AttemptFold.of(envelope.attempts());
    List<AttemptRecord> records = fold.records();
    return packet.coarser(
        EnvelopeEncoder.encode(header.attempts(records)), level, 0, fold.folded());
  }
}
