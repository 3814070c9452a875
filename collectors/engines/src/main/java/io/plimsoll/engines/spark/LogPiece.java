// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import io.plimsoll.engines.spark.file.LineReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What follows next in the files of a log. */
sealed interface LogPiece permits LineBatch, LogPiece.LongLine, LogPiece.PartEnd {
  /** Which part of the log, from 0. */
  int part();

  /** How many bytes of memory it holds. */
  int heldBytes();

  /** A line that is not held: to be read from its stream before the pass goes on. */
  record LongLine(int part, LineReader lines) implements LogPiece {
    @Override
    public int heldBytes() {
      return 0;
    }
  }

  /**
   * A part's end.
   *
   * @param rawBytes of the part, unpacked
   * @param damage why it ended before its time; null when it did not
   * @param failure why it could not be opened or closed; null when it could
   */
  record PartEnd(int part, long rawBytes, @Nullable String damage, @Nullable IOException failure)
      implements LogPiece {
    @Override
    public int heldBytes() {
      return 0;
    }
  }
}
