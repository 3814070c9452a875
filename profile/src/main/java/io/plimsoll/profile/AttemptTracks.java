// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptRecord;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * When the attempts of one process used what they used: running attempts are told in between, so a
 * window has what was used in it and not what happened to end in it. Between two tellings growth is
 * spread evenly. Attempts shorter than {@link #SHORT_MILLIS} are never told in between and are
 * spread at once; a longer one keeps its tellings until the windows that it touches are dropped.
 */
final class AttemptTracks {
  /** No agent tells an attempt in between before it has run that long. */
  static final long SHORT_MILLIS = 100;

  /** Totals since the attempt's first instruction. */
  private record Point(long cpuNanos, long allocatedBytes) {
    static Point higher(Point one, Point other) {
      return new Point(
          Math.max(one.cpuNanos, other.cpuNanos),
          Math.max(one.allocatedBytes, other.allocatedBytes));
    }
  }

  /** A thread's time on an attempt. */
  private record Key(long taskId, String helper, long startMillis) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::startMillis)
            .thenComparingLong(Key::taskId)
            .thenComparing(Key::helper);

    static Key of(AttemptRecord attempt) {
      return new Key(attempt.taskId(), attempt.helper(), attempt.startEpochMillis());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class Track {
    private final TreeMap<Long, Point> points = new TreeMap<>();
    private boolean ended;
  }

  private final TreeMap<Key, Track> tracks = new TreeMap<>();
  private final TreeMap<Long, Long> shortCpuNanos = new TreeMap<>();
  private final TreeMap<Long, Long> shortAllocatedBytes = new TreeMap<>();
  private final NavigableSet<Long> dirty;
  private long keptFromMillis = Long.MIN_VALUE;

  AttemptTracks(NavigableSet<Long> dirty) {
    this.dirty = dirty;
  }

  void add(AttemptRecord attempt) {
    boolean running = attempt.kind() == AttemptKind.PROGRESS;
    long end = attempt.endEpochMillis();
    if (end < keptFromMillis) {
      return;
    }
    long start = attempt.startEpochMillis();
    Point point = new Point(attempt.cpuNanos(), attempt.allocatedBytes());
    if (!running && (end - start < SHORT_MILLIS || attempt.kind() == AttemptKind.SUM)) {
      spreadShort(start, end, point);
      mark(start, end);
      return;
    }
    Track track = tracks.computeIfAbsent(Key.of(attempt), any -> new Track());
    track.points.merge(end, point, Point::higher);
    track.ended |= !running;
    Long before = track.points.lowerKey(end);
    Long after = track.points.higherKey(end);
    mark(before == null ? start : before, after == null ? end : after);
  }

  void addAll(AttemptTracks other) {
    other.tracks.forEach(
        (key, theirs) -> {
          Track track = tracks.computeIfAbsent(key, any -> new Track());
          theirs.points.forEach((at, point) -> track.points.merge(at, point, Point::higher));
          track.ended |= theirs.ended;
          mark(key.startMillis, track.points.lastKey());
        });
    other.shortCpuNanos.forEach((window, nanos) -> shortCpuNanos.merge(window, nanos, Long::sum));
    other.shortAllocatedBytes.forEach(
        (window, bytes) -> shortAllocatedBytes.merge(window, bytes, Long::sum));
    dropWindowsBefore(Math.max(keptFromMillis, other.keptFromMillis));
  }

  /** What was last told before this moment is kept where something later was told. */
  void dropWindowsBefore(long windowStart) {
    keptFromMillis = Math.max(keptFromMillis, windowStart);
    shortCpuNanos.headMap(keptFromMillis).clear();
    shortAllocatedBytes.headMap(keptFromMillis).clear();
    tracks.values().removeIf(track -> track.points.lastKey() < keptFromMillis);
    for (Track track : tracks.values()) {
      Long last = track.points.lowerKey(keptFromMillis);
      if (last != null) {
        track.points.headMap(last).clear();
      }
    }
  }

  /** The attempts that were told to run and have not been told to have ended. */
  AttemptSums running() {
    long count = 0;
    long wallNanos = 0;
    long cpuNanos = 0;
    long allocatedBytes = 0;
    for (Map.Entry<Key, Track> entry : tracks.entrySet()) {
      Track track = entry.getValue();
      if (!track.ended) {
        Map.Entry<Long, Point> last = track.points.lastEntry();
        boolean helper = !entry.getKey().helper.isEmpty();
        count += helper ? 0 : 1;
        wallNanos += helper ? 0 : (last.getKey() - entry.getKey().startMillis) * 1_000_000L;
        cpuNanos += last.getValue().cpuNanos;
        allocatedBytes += last.getValue().allocatedBytes;
      }
    }
    return new AttemptSums(count, 0, 0, 0, wallNanos, cpuNanos, allocatedBytes);
  }

  /** CPU time that attempts used in the wanted windows; nanoseconds. */
  TreeMap<Long, Long> cpuNanos(LongPredicate wanted) {
    TreeMap<Long, Long> found = wanted(shortCpuNanos, wanted);
    spreadTracks(wanted, true, found);
    return found;
  }

  /** Heap bytes that attempts allocated in the wanted windows. */
  TreeMap<Long, Long> allocatedBytes(LongPredicate wanted) {
    TreeMap<Long, Long> found = wanted(shortAllocatedBytes, wanted);
    spreadTracks(wanted, false, found);
    return found;
  }

  private void spreadTracks(LongPredicate wanted, boolean cpu, TreeMap<Long, Long> into) {
    LongPredicate kept = window -> window >= keptFromMillis && wanted.test(window);
    tracks.forEach(
        (key, track) -> {
          long fromMillis = key.startMillis;
          long from = 0;
          for (Map.Entry<Long, Point> point : track.points.entrySet()) {
            long value = cpu ? point.getValue().cpuNanos : point.getValue().allocatedBytes;
            CounterTrack.spread(fromMillis, from, point.getKey(), value, kept, into);
            fromMillis = point.getKey();
            from = Math.max(from, value);
          }
        });
  }

  private void spreadShort(long start, long end, Point point) {
    LongPredicate kept = window -> window >= keptFromMillis;
    CounterTrack.spread(start, 0, end, point.cpuNanos, kept, shortCpuNanos);
    CounterTrack.spread(start, 0, end, point.allocatedBytes, kept, shortAllocatedBytes);
  }

  private void mark(long from, long to) {
    dirty.add(Rollup.windowStart(to));
    Hold.split(from, to, (window, before, held) -> dirty.add(window));
    if (keptFromMillis != Long.MIN_VALUE) {
      dirty.headSet(keptFromMillis).clear();
    }
  }

  private static TreeMap<Long, Long> wanted(TreeMap<Long, Long> all, LongPredicate wanted) {
    TreeMap<Long, Long> found = new TreeMap<>(all);
    found.keySet().removeIf(window -> !wanted.test(window));
    return found;
  }

  void write(FoldOutput out) {
    out.signed(keptFromMillis);
    write(out, shortCpuNanos);
    write(out, shortAllocatedBytes);
    out.number(tracks.size());
    tracks.forEach(
        (key, track) -> {
          out.signed(key.taskId);
          out.text(key.helper);
          out.signed(key.startMillis);
          out.flag(track.ended);
          out.number(track.points.size());
          track.points.forEach(
              (at, point) -> {
                out.signed(at);
                out.signed(point.cpuNanos);
                out.signed(point.allocatedBytes);
              });
        });
  }

  void read(FoldInput in) {
    keptFromMillis = in.signed();
    read(in, shortCpuNanos);
    read(in, shortAllocatedBytes);
    int count = in.count();
    for (int i = 0; i < count; i++) {
      Key key = new Key(in.signed(), in.text(), in.signed());
      Track track = new Track();
      track.ended = in.flag();
      int points = in.count();
      for (int j = 0; j < points; j++) {
        track.points.put(in.signed(), new Point(in.signed(), in.signed()));
      }
      if (track.points.isEmpty()) {
        throw FoldFormatException.malformed("an attempt that was never told");
      }
      tracks.put(key, track);
    }
  }

  private static void write(FoldOutput out, TreeMap<Long, Long> windows) {
    out.number(windows.size());
    windows.forEach(
        (window, value) -> {
          out.signed(window / Rollup.WINDOW_MILLIS);
          out.signed(value);
        });
  }

  private static void read(FoldInput in, TreeMap<Long, Long> windows) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      windows.put(in.signed() * Rollup.WINDOW_MILLIS, in.signed());
    }
  }
}
