// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static io.plimsoll.profile.Said.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for whatever a process may say, in whatever order it is heard. */
class FoldPropertiesTest {
  @Property(tries = 150)
  void anyOrderAndAnyReplayGiveTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    List<Envelope> said = Histories.envelopes(random);
    ProcessFold inOrder = folded(said);

    List<Envelope> heard = new ArrayList<>(said);
    heard.addAll(said.subList(0, random.nextInt(said.size() + 1)));
    Collections.shuffle(heard, random);
    assertSame(folded(heard), inOrder);
  }

  @Property(tries = 150)
  void anyPartitionMergedInAnyOrderGivesTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    List<Envelope> said = Histories.envelopes(random);
    Collections.shuffle(said, random);

    List<ProcessFold> parts = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      parts.add(ProcessFold.of(Said.PROCESS));
    }
    said.forEach(envelope -> parts.get(random.nextInt(parts.size())).add(envelope));
    while (parts.size() > 1) {
      ProcessFold taken = parts.remove(random.nextInt(parts.size()));
      parts.get(random.nextInt(parts.size())).merge(taken);
    }
    assertSame(parts.get(0), folded(said));
  }

  @Property(tries = 100)
  void bytesAndCopyKeepEverything(@ForAll long seed) {
    ProcessFold fold = folded(Histories.envelopes(new Random(seed)));
    ProcessFold read = ProcessFold.fromBytes(fold.toBytes());

    assertThat(read.toBytes()).isEqualTo(fold.toBytes());
    assertThat(read.dirtyWindows()).isEqualTo(fold.dirtyWindows());
    assertSame(read, fold);
    assertThat(fold.copy().toBytes()).isEqualTo(fold.toBytes());
  }

  @Property(tries = 100)
  void aFoldThatWasStoredInBetweenGoesOnTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    List<Envelope> said = Histories.envelopes(random);
    Collections.shuffle(said, random);
    ProcessFold stored = ProcessFold.of(Said.PROCESS);
    for (Envelope envelope : said) {
      stored = ProcessFold.fromBytes(stored.toBytes());
      assertThat(stored.add(envelope)).isTrue();
      assertThat(stored.add(envelope)).isFalse();
    }
    assertSame(stored, folded(said));
  }

  @Property(tries = 100)
  void everyWindowThatChangedIsMarked(@ForAll long seed) {
    Random random = new Random(seed);
    List<Envelope> said = Histories.envelopes(random);
    Collections.shuffle(said, random);
    ProcessFold fold = ProcessFold.of(Said.PROCESS);
    Map<Long, Rollup> known = new HashMap<>();
    for (Envelope envelope : said) {
      fold.add(envelope);
      Set<Rollup> changed = new HashSet<>(fold.rollups(RUN, 1));
      changed.removeAll(known.values());
      assertThat(fold.dirtyWindows())
          .containsAll(changed.stream().map(Rollup::windowStartMillis).toList());
      fold.changedRollups(RUN, 1).forEach(rollup -> known.put(rollup.windowStartMillis(), rollup));
      assertThat(known.values()).containsExactlyInAnyOrderElementsOf(fold.rollups(RUN, 1));
      fold.markClean();
    }
  }

  @Property(tries = 100)
  void pruningTakesWholeWindowsAndNothingElse(@ForAll long seed) {
    Random random = new Random(seed);
    List<Envelope> said = Histories.envelopes(random);
    Collections.shuffle(said, random);
    ProcessFold whole = folded(said);
    ProcessFold pruned = ProcessFold.of(Said.PROCESS);
    ProcessFold other = ProcessFold.of(Said.PROCESS);
    long keptFromMillis = Long.MIN_VALUE;
    for (Envelope envelope : said) {
      (random.nextBoolean() ? pruned : other).add(envelope);
      if (random.nextInt(4) == 0) {
        long before = whole.profile().firstSampleMillis() + random.nextInt(60_000);
        (random.nextBoolean() ? pruned : other).pruneWindowsBefore(before);
        keptFromMillis = Math.max(keptFromMillis, Rollup.windowStart(before));
      }
    }
    pruned.merge(other);

    long kept = keptFromMillis;
    assertThat(withoutRunning(pruned.profile())).isEqualTo(withoutRunning(whole.profile()));
    assertThat(pruned.rollups(RUN, 1))
        .isEqualTo(kept(whole.rollups(RUN, 1), kept))
        .extracting(Rollup::windowStartMillis)
        .isSubsetOf(pruned.dirtyWindows());
    assertThat(pruned.stageParts(RUN, 1)).isEqualTo(kept(whole.stageParts(RUN, 1), kept));
  }

  private static ProcessProfile withoutRunning(ProcessProfile profile) {
    return new ProcessProfile(
        profile.identity(),
        profile.firstSampleMillis(),
        profile.lastSampleMillis(),
        profile.ended(),
        profile.gauges(),
        profile.counters(),
        profile.gc(),
        profile.attempts(),
        AttemptSums.ZERO,
        profile.coverage());
  }

  @Property(tries = 100)
  void sumsAreThoseOfTheDefinitionReadAloud(@ForAll long seed) {
    List<Envelope> said = Histories.envelopes(new Random(seed));
    ProcessFold fold = folded(said);
    MetricKey rss = MetricKey.of(Metric.RSS);
    MetricKey cpu = MetricKey.of(Metric.PROCESS_CPU);

    SortedMap<Long, Long> integrals = new TreeMap<>();
    SortedMap<Long, Long> growths = new TreeMap<>();
    for (Rollup rollup : fold.rollups(RUN, 1)) {
      put(integrals, rollup, RollupValue.integral(rss));
      put(growths, rollup, RollupValue.growth(cpu));
    }
    SortedMap<Long, Long> expected = Histories.integrals(told(said, rss));
    assertThat(integrals).isEqualTo(expected);
    GaugeProfile profile = fold.profile().gauges().get(rss);
    long total = expected.values().stream().mapToLong(Long::longValue).sum();
    assertThat(profile == null ? 0 : profile.integral()).isEqualTo(total);
    assertThat(growths.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(fold.profile().counter(Metric.PROCESS_CPU, 0));
  }

  @Property(tries = 40)
  void aRecordedFileGivesWhatTheStreamGave(@ForAll long seed) throws IOException, WireException {
    Random random = new Random(seed);
    List<Envelope> said = Histories.envelopes(random);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    EnvelopeRecording.start(file);
    for (Envelope envelope : said) {
      EnvelopeRecording.write(file, envelope);
    }
    ProcessFold replayed = ProcessFold.of(Said.PROCESS);
    EnvelopeRecording.read(new ByteArrayInputStream(file.toByteArray()), replayed::add);

    List<Envelope> streamed = new ArrayList<>(said);
    Collections.shuffle(streamed, random);
    assertSame(replayed, folded(streamed));
  }

  @Property(tries = 60)
  void brokenBytesAreRefusedByName(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = folded(Histories.envelopes(random)).toBytes();
    byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    assertThat(refused(cut)).isTrue();
    for (int i = 0; i < 20; i++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 + random.nextInt(255));
      refused(flipped);
    }
  }

  /** True when refused as a fold; any other exception or error fails the test. */
  private static boolean refused(byte[] bytes) {
    try {
      ProcessFold fold = ProcessFold.fromBytes(bytes);
      assertThat(fold).isNotNull();
      return false;
    } catch (FoldFormatException e) {
      assertThat(e).hasMessageNotContaining("null");
      return true;
    }
  }

  private static ProcessFold folded(List<Envelope> envelopes) {
    ProcessFold fold = ProcessFold.of(Said.PROCESS);
    envelopes.forEach(fold::add);
    return fold;
  }

  private static void assertSame(ProcessFold fold, ProcessFold expected) {
    assertThat(fold.profile()).isEqualTo(expected.profile());
    assertThat(fold.rollups(RUN, 3)).isEqualTo(expected.rollups(RUN, 3));
    assertThat(fold.stageParts(RUN, 3)).isEqualTo(expected.stageParts(RUN, 3));
    assertThat(RunFold.profile(RUN, List.of(fold)))
        .isEqualTo(RunFold.profile(RUN, List.of(expected)));
    assertThat(clean(fold)).isEqualTo(clean(expected));
  }

  private static List<Rollup> kept(List<Rollup> rollups, long fromMillis) {
    return rollups.stream().filter(rollup -> rollup.windowStartMillis() >= fromMillis).toList();
  }

  private static byte[] clean(ProcessFold fold) {
    ProcessFold copy = fold.copy();
    copy.markClean();
    return copy.toBytes();
  }

  private static List<Sample> told(List<Envelope> said, MetricKey key) {
    return said.stream()
        .filter(envelope -> envelope.stream() == Stream.SAMPLES)
        .sorted(Comparator.comparingLong(Envelope::sequence))
        .flatMap(envelope -> envelope.samples().stream())
        .filter(sample -> sample.values().containsKey(key))
        .map(sample -> Sample.of(sample.epochMillis(), Map.of(key, sample.values().get(key))))
        .toList();
  }

  private static void put(SortedMap<Long, Long> into, Rollup rollup, String name) {
    Long value = rollup.values().get(name);
    if (value != null) {
      into.put(rollup.windowStartMillis(), value);
    }
  }
}
