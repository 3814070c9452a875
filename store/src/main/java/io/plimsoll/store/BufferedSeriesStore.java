// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import java.time.Duration;
import java.util.List;

/**
 * Series in a store that may be slow or away, by a {@link CopyBuffer}: of one window only the
 * highest revision waits, and writing never fails or blocks.
 */
public final class BufferedSeriesStore implements SeriesStore, AutoCloseable {
  private record RollupId(
      RunKey run, Rollup.Level level, String entity, long startMillis, long windowMillis) {
    private static RollupId of(Rollup rollup) {
      return new RollupId(
          rollup.run(),
          rollup.level(),
          rollup.entity(),
          rollup.windowStartMillis(),
          rollup.windowMillis());
    }
  }

  private final SeriesStore target;
  private final CopyBuffer<RollupId, Rollup> buffer;

  /**
   * Starts the thread that writes.
   *
   * @param capacity so many rollups wait at most
   * @param firstPause after a failure; it doubles with each further one
   * @param longestPause it never grows beyond
   */
  public BufferedSeriesStore(
      SeriesStore target, int capacity, Duration firstPause, Duration longestPause) {
    this.target = target;
    this.buffer =
        new CopyBuffer<>(
            new CopyBuffer.Way<>(
                "rollups",
                RollupId::of,
                (old, latest) -> latest.revision() >= old.revision() ? latest : old,
                target::upsert),
            capacity,
            firstPause,
            longestPause);
  }

  @Override
  public boolean keeps(Rollup.Level level) {
    return target.keeps(level);
  }

  @Override
  public void upsert(List<Rollup> rollups) {
    buffer.put(rollups.stream().filter(rollup -> target.keeps(rollup.level())).toList());
  }

  @Override
  public List<Rollup> rollups(RunKey run, Rollup.Level level) {
    return target.rollups(run, level);
  }

  /** What became of the rollups until now. */
  public CopyBuffer.Counts counts() {
    return buffer.counts();
  }

  /**
   * Waits until nothing waits.
   *
   * @return false when something still waits after this time
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    return buffer.drain(atMost);
  }

  /** Writes what waits as far as that goes in ten seconds, and says what does not. */
  @Override
  public void close() {
    buffer.close();
  }
}
