// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.emit;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.Stream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One encoded envelope on its way to one sink. It keeps count of what was observed for it: of that,
 * some may be merged or folded by now.
 */
final class Packet {
  private final Stream stream;
  private final UUID process;
  private final int records;
  private final byte[] bytes;
  private final int coarseness;
  private final long merged;
  private final long folded;
  private final @Nullable Runnable whenSent;

  private Packet(
      Stream stream, UUID process, int records, byte[] bytes, @Nullable Runnable whenSent) {
    this(stream, process, records, bytes, 0, 0, 0, whenSent);
  }

  private Packet(
      Stream stream,
      UUID process,
      int records,
      byte[] bytes,
      int coarseness,
      long merged,
      long folded,
      @Nullable Runnable whenSent) {
    this.stream = stream;
    this.process = process;
    this.records = records;
    this.bytes = bytes;
    this.coarseness = coarseness;
    this.merged = merged;
    this.folded = folded;
    this.whenSent = whenSent;
  }

  static Packet of(Stream stream, UUID process, int records, byte[] bytes) {
    return new Packet(stream, process, records, bytes, null);
  }

  static Packet of(Envelope envelope, byte[] bytes) {
    return of(envelope, bytes, null);
  }

  /** The last argument runs, on any thread, when the far side has the packet. */
  static Packet of(Envelope envelope, byte[] bytes, @Nullable Runnable whenSent) {
    return new Packet(
        envelope.stream(), envelope.identity().process(), records(envelope), bytes, whenSent);
  }

  /** Observations in an envelope; a sum of attempts counts as many as it is of. */
  static int records(Envelope envelope) {
    int records = envelope.samples().size() + envelope.events().size();
    for (AttemptRecord attempt : envelope.attempts()) {
      records += attempt.count();
    }
    return records;
  }

  /**
   * The same observations in fewer bytes.
   *
   * @param level of {@link Coarsening}
   * @param more samples that were merged away by this step
   * @param sums attempts that became part of a sum by this step
   */
  Packet coarser(byte[] smaller, int level, long more, long sums) {
    return new Packet(
        stream, process, records, smaller, level, merged + more, folded + sums, whenSent);
  }

  Stream stream() {
    return stream;
  }

  UUID process() {
    return process;
  }

  /** Samples, attempts or events that this packet speaks for. */
  int records() {
    return records;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The level of {@link Coarsening} that it went through, 0 for none. */
  int coarseness() {
    return coarseness;
  }

  /** The far side has it: what was merged or folded on the way is told from now on. */
  void sent(Loss loss) {
    if (merged > 0 || folded > 0) {
      loss.coarsened(merged, folded);
    }
    if (whenSent != null) {
      whenSent.run();
    }
  }

  /** The far side will never have it: everything that was observed for it is lost. */
  void lost(Loss loss) {
    loss.records(stream, records);
  }
}
