// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.AttemptRecord;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one process said, folded: the same envelopes give the same profile and rollups in
 * whatever order and however often they arrive. Exact in whole numbers; what a missing envelope
 * would have told is bridged by holding the last value, and corrected when it arrives. Not
 * thread-safe.
 */
public final class ProcessFold {
  private static final int FORMAT = 0x50;
  private static final int VERSION = 3;

  /** From this version on a fold has details of tasks, and queries. */
  static final int WITH_DETAILS = 3;

  /** Knew neither running attempts nor coarsened losses. */
  private static final int FIRST_VERSION = 1;

  /** Times from 1970 to the year 10000; anything else is no clock. */
  private static final long LATEST_MILLIS = 253_402_300_800_000L;

  private final UUID process;
  private @Nullable ProcessIdentity identity;
  private LossCounters loss = LossCounters.NONE;
  private final Map<Stream, SequenceRanges> absorbed = new EnumMap<>(Stream.class);
  private final NavigableSet<Long> dirty = new TreeSet<>();
  private final SampleFold samples = new SampleFold(dirty);
  private final AttemptFold attempts = new AttemptFold(dirty);
  private final EngineFold engine = new EngineFold();

  private ProcessFold(UUID process) {
    this.process = process;
    for (Stream stream : Stream.values()) {
      absorbed.put(stream, new SequenceRanges());
    }
  }

  /** The fold of a process that has not said anything yet. */
  public static ProcessFold of(UUID process) {
    return new ProcessFold(process);
  }

  public UUID process() {
    return process;
  }

  /**
   * Absorbs an envelope.
   *
   * @return false when an envelope of this stream and sequence was absorbed before; then nothing
   *     has changed
   * @throws IllegalArgumentException when the envelope is of another process, or its sequence or a
   *     time in it is impossible; then nothing has changed
   */
  public boolean add(Envelope envelope) {
    check(envelope);
    SequenceRanges seen = absorbed(envelope.stream());
    if (seen.contains(envelope.sequence())) {
      return false;
    }
    seen.add(envelope.sequence());
    identity = Identities.fuller(identity, envelope.identity());
    loss = highest(loss, envelope.loss());
    switch (envelope.stream()) {
      case SAMPLES ->
          samples.add(
              envelope.sequence(), envelope.samples(), envelope.identity().startEpochMillis());
      case ATTEMPTS -> envelope.attempts().forEach(attempts::add);
      case EVENTS -> engine.add(envelope.sequence(), envelope.events());
    }
    dropCleanPast();
    return true;
  }

  /**
   * Absorbs all that the other fold has absorbed; the other one stays as it is. Associative and
   * commutative.
   *
   * @throws IllegalArgumentException when it is the fold of another process, or both have absorbed
   *     the same envelope: sums cannot tell which part is common. Nothing has changed then.
   */
  public void merge(ProcessFold other) {
    if (!process.equals(other.process)) {
      throw new IllegalArgumentException(
          "fold of process " + other.process + " cannot be merged into that of " + process);
    }
    for (Stream stream : Stream.values()) {
      if (absorbed(stream).overlaps(other.absorbed(stream))) {
        throw new IllegalArgumentException(
            "both folds of process " + process + " hold the same envelopes of " + stream);
      }
    }
    for (Stream stream : Stream.values()) {
      absorbed(stream).addAll(other.absorbed(stream));
    }
    if (other.identity != null) {
      identity = Identities.fuller(identity, other.identity);
    }
    loss = highest(loss, other.loss);
    samples.addAll(other.samples);
    attempts.addAll(other.attempts);
    engine.addAll(other.engine);
    dirty.addAll(other.dirty);
    dropCleanPast();
  }

  /** A fold of its own with the same content. */
  public ProcessFold copy() {
    ProcessFold copy = of(process);
    copy.merge(this);
    copy.dirty.clear();
    copy.dirty.addAll(dirty);
    return copy;
  }

  /** The run that the process belongs to; null until it has told an application. */
  public @Nullable RunKey run() {
    ProcessIdentity told = identity;
    return told == null || told.application().isEmpty()
        ? null
        : new RunKey(told.cluster(), told.application(), told.applicationAttempt());
  }

  /** What the process used so far. */
  public ProcessProfile profile() {
    return new ProcessProfile(
        identity(),
        samples.firstMillis(),
        samples.lastMillis(),
        engine.ended(),
        samples.gauges(),
        samples.counters(),
        samples.firstCounters(),
        engine.gc(),
        attempts.total(),
        attempts.running(),
        coverage());
  }

  /** Whether the process said that it ends. */
  public boolean ended() {
    return engine.ended();
  }

  /** All windows of the process that are still kept, {@link Rollup.Level#PROCESS}. */
  public List<Rollup> rollups(RunKey run, long revision) {
    return rollups(run, revision, any -> true);
  }

  /** The windows of the process that may have changed since {@link #markClean}. */
  public List<Rollup> changedRollups(RunKey run, long revision) {
    return rollups(run, revision, dirty::contains);
  }

  /**
   * What this process adds to its run's {@link Rollup.Level#STAGE} windows: not complete aggregates
   * but parts, to be summed by {@link RunFold#sum}.
   */
  public List<Rollup> stageParts(RunKey run, long revision) {
    return stageParts(run, revision, any -> true);
  }

  /** The stage parts of windows that may have changed since {@link #markClean}. */
  public List<Rollup> changedStageParts(RunKey run, long revision) {
    return stageParts(run, revision, dirty::contains);
  }

  /** The starts of the windows that may have changed since {@link #markClean}. */
  public SortedSet<Long> dirtyWindows() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(dirty));
  }

  /** From now on {@code changed…} and {@code dirtyWindows} speak of later changes only. */
  public void markClean() {
    dirty.clear();
  }

  /**
   * Forgets the windows that end at or before this moment; all totals stay exact. What arrives for
   * these windows later still counts in the totals, and no window is ever told in part. A running
   * attempt that was last told before is forgotten with them.
   *
   * @param millis epoch milliseconds
   */
  public void pruneWindowsBefore(long millis) {
    samples.dropWindowsBefore(millis);
    attempts.dropWindowsBefore(samples.keptFromMillis());
    dropCleanPast();
  }

  /** The fold as bytes of our own format; the same content gives the same bytes. */
  public byte[] toBytes() {
    FoldOutput out = new FoldOutput();
    out.octet(FORMAT);
    out.octet(VERSION);
    out.uuid(process);
    ProcessIdentity told = identity;
    out.flag(told != null);
    if (told != null) {
      Identities.write(out, told);
    }
    out.signed(loss.samples());
    out.signed(loss.attempts());
    out.signed(loss.events());
    out.signed(loss.sendFailures());
    out.signed(loss.mergedSamples());
    out.signed(loss.foldedAttempts());
    absorbed.values().forEach(ranges -> ranges.write(out));
    out.number(dirty.size());
    dirty.forEach(start -> out.signed(start / Rollup.WINDOW_MILLIS));
    samples.write(out);
    attempts.write(out);
    engine.write(out);
    return out.toBytes();
  }

  /**
   * The fold that {@link #toBytes} wrote.
   *
   * @throws FoldFormatException when the bytes are no fold, or of a version unknown here
   */
  public static ProcessFold fromBytes(byte[] bytes) {
    FoldInput in = new FoldInput(bytes);
    if (in.octet() != FORMAT) {
      throw FoldFormatException.malformed("these bytes are no process fold");
    }
    int version = in.octet();
    if (version < FIRST_VERSION || version > VERSION) {
      throw new FoldFormatException(
          FoldFormatException.Code.UNKNOWN_VERSION,
          "process fold of version " + version + "; this reader knows up to version " + VERSION);
    }
    ProcessFold fold = of(in.uuid());
    try {
      fold.read(in, version);
    } catch (FoldFormatException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw FoldFormatException.malformed(String.valueOf(e.getMessage()));
    }
    return fold;
  }

  private void read(FoldInput in, int version) {
    boolean tracks = version > FIRST_VERSION;
    if (in.flag()) {
      identity = Identities.read(in, process);
    }
    loss = LossCounters.of(in.signed(), in.signed(), in.signed(), in.signed());
    if (tracks) {
      loss = loss.withCoarsened(in.signed(), in.signed());
    }
    for (Stream stream : Stream.values()) {
      absorbed.put(stream, SequenceRanges.read(in));
    }
    int dirtyCount = in.count();
    for (int i = 0; i < dirtyCount; i++) {
      dirty.add(in.signed() * Rollup.WINDOW_MILLIS);
    }
    samples.read(in);
    attempts.read(in, tracks);
    engine.read(in, version);
    in.end();
  }

  ProcessIdentity identity() {
    ProcessIdentity told = identity;
    return told == null ? ProcessIdentity.builder(process).build() : told;
  }

  EngineFold engine() {
    return engine;
  }

  AttemptFold attempts() {
    return attempts;
  }

  private Coverage coverage() {
    long envelopes = 0;
    long missing = 0;
    for (SequenceRanges ranges : absorbed.values()) {
      envelopes += ranges.count();
      missing += ranges.missing();
    }
    return new Coverage(envelopes, missing, loss.samples(), loss.attempts(), loss.events());
  }

  private List<Rollup> rollups(RunKey run, long revision, LongPredicate wanted) {
    Map<Long, SortedMap<String, Long>> windows = new TreeMap<>();
    samples.windows(identity().startEpochMillis(), wanted, windows);
    attempts.windows(wanted, windows);
    windows.values().forEach(Books::close);
    List<Rollup> rollups = new ArrayList<>();
    windows.forEach(
        (start, values) ->
            rollups.add(
                rollup(run, Rollup.Level.PROCESS, process.toString(), start, revision, values)));
    return rollups;
  }

  private List<Rollup> stageParts(RunKey run, long revision, LongPredicate wanted) {
    List<Rollup> parts = new ArrayList<>();
    attempts
        .stageWindows(wanted)
        .forEach(
            (start, byStage) ->
                byStage.forEach(
                    (stage, sums) ->
                        parts.add(
                            rollup(
                                run,
                                Rollup.Level.STAGE,
                                stage.id(),
                                start,
                                revision,
                                AttemptFold.values(sums)))));
    return parts;
  }

  private static Rollup rollup(
      RunKey run,
      Rollup.Level level,
      String entity,
      long start,
      long revision,
      SortedMap<String, Long> values) {
    return new Rollup(run, level, entity, start, Rollup.WINDOW_MILLIS, revision, values);
  }

  private SequenceRanges absorbed(Stream stream) {
    SequenceRanges ranges = absorbed.get(stream);
    if (ranges == null) {
      throw new IllegalStateException("no ranges for stream " + stream);
    }
    return ranges;
  }

  private void dropCleanPast() {
    dirty.headSet(samples.keptFromMillis()).clear();
  }

  private void check(Envelope envelope) {
    if (!envelope.identity().process().equals(process)) {
      throw new IllegalArgumentException(
          "envelope of process "
              + envelope.identity().process()
              + " cannot be added to the fold of "
              + process);
    }
    if (envelope.sequence() < 0 || envelope.sequence() >= SequenceRanges.LIMIT) {
      throw new IllegalArgumentException(
          "envelope sequence " + envelope.sequence() + " of process " + process + " is impossible");
    }
    checkTime(envelope.identity().startEpochMillis());
    for (Sample sample : envelope.samples()) {
      checkTime(sample.epochMillis());
    }
    for (AttemptRecord attempt : envelope.attempts()) {
      checkTime(attempt.startEpochMillis());
      checkTime(attempt.endEpochMillis());
    }
  }

  private void checkTime(long millis) {
    if (millis < 0 || millis >= LATEST_MILLIS) {
      throw new IllegalArgumentException(
          "time " + millis + " told by process " + process + " is no epoch milliseconds");
    }
  }

  private static LossCounters highest(LossCounters one, LossCounters other) {
    return LossCounters.of(
            Math.max(one.samples(), other.samples()),
            Math.max(one.attempts(), other.attempts()),
            Math.max(one.events(), other.events()),
            Math.max(one.sendFailures(), other.sendFailures()))
        .withCoarsened(
            Math.max(one.mergedSamples(), other.mergedSamples()),
            Math.max(one.foldedAttempts(), other.foldedAttempts()));
  }
}
