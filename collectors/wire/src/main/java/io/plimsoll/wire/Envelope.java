// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A batch of what one process says on one {@link Stream}. The sequence counts the process's
 * envelopes on that stream from 0 without gaps, lost ones included, so a reader sees each loss and
 * each duplicate.
 */
public final class Envelope {
  /** The newest schema version that this code writes: that of samples and attempts. */
  public static final int SCHEMA_VERSION = 2;

  private final ProcessIdentity identity;
  private final Stream stream;
  private final long sequence;
  private final ClockAnchor anchor;
  private final LossCounters loss;
  private final List<Sample> samples;
  private final List<AttemptRecord> attempts;
  private final List<EngineEvent> events;

  private Envelope(
      Header header, List<Sample> samples, List<AttemptRecord> attempts, List<EngineEvent> events) {
    this.identity = header.identity;
    this.stream = header.stream;
    this.sequence = header.sequence;
    this.anchor = header.anchor;
    this.loss = header.loss;
    this.samples = Collections.unmodifiableList(new ArrayList<>(samples));
    this.attempts = Collections.unmodifiableList(new ArrayList<>(attempts));
    this.events = Collections.unmodifiableList(new ArrayList<>(events));
  }

  /** What stands on every envelope, whatever it carries. */
  public static Header header(
      ProcessIdentity identity,
      Stream stream,
      long sequence,
      ClockAnchor anchor,
      LossCounters loss) {
    return new Header(identity, stream, sequence, anchor, loss);
  }

  public ProcessIdentity identity() {
    return identity;
  }

  public Stream stream() {
    return stream;
  }

  public long sequence() {
    return sequence;
  }

  public ClockAnchor anchor() {
    return anchor;
  }

  public LossCounters loss() {
    return loss;
  }

  /** Ascending in time; empty unless the stream is {@link Stream#SAMPLES}. */
  public List<Sample> samples() {
    return samples;
  }

  /** Empty unless the stream is {@link Stream#ATTEMPTS}. */
  public List<AttemptRecord> attempts() {
    return attempts;
  }

  /** Empty unless the stream is {@link Stream#EVENTS}. */
  public List<EngineEvent> events() {
    return events;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Envelope)) {
      return false;
    }
    Envelope that = (Envelope) other;
    return identity.equals(that.identity)
        && stream == that.stream
        && sequence == that.sequence
        && anchor.equals(that.anchor)
        && loss.equals(that.loss)
        && samples.equals(that.samples)
        && attempts.equals(that.attempts)
        && events.equals(that.events);
  }

  @Override
  public int hashCode() {
    return Objects.hash(identity, stream, sequence);
  }

  @Override
  public String toString() {
    return "Envelope["
        + stream
        + " #"
        + sequence
        + " of "
        + identity
        + ": "
        + samples.size()
        + " samples, "
        + attempts.size()
        + " attempts, "
        + events.size()
        + " events]";
  }

  /** The common part of an envelope; its methods add the one payload that the stream allows. */
  public static final class Header {
    private final ProcessIdentity identity;
    private final Stream stream;
    private final long sequence;
    private final ClockAnchor anchor;
    private final LossCounters loss;

    private Header(
        ProcessIdentity identity,
        Stream stream,
        long sequence,
        ClockAnchor anchor,
        LossCounters loss) {
      this.identity = Objects.requireNonNull(identity, "identity is null");
      this.stream = Objects.requireNonNull(stream, "stream is null");
      this.sequence = sequence;
      this.anchor = Objects.requireNonNull(anchor, "anchor is null");
      this.loss = Objects.requireNonNull(loss, "loss is null");
    }

    public Envelope samples(List<Sample> samples) {
      require(Stream.SAMPLES);
      return new Envelope(
          this,
          samples,
          Collections.<AttemptRecord>emptyList(),
          Collections.<EngineEvent>emptyList());
    }

    public Envelope attempts(List<AttemptRecord> attempts) {
      require(Stream.ATTEMPTS);
      return new Envelope(
          this, Collections.<Sample>emptyList(), attempts, Collections.<EngineEvent>emptyList());
    }

    public Envelope events(List<EngineEvent> events) {
      require(Stream.EVENTS);
      return new Envelope(
          this, Collections.<Sample>emptyList(), Collections.<AttemptRecord>emptyList(), events);
    }

    private void require(Stream expected) {
      if (stream != expected) {
        throw new IllegalArgumentException(
            "an envelope of " + stream + " cannot carry " + expected);
      }
    }
  }
}
