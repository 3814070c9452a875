// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.attempt;

import io.plimsoll.agent.proc.KernelFile;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** How long a native thread was runnable and waited for a CPU: the second word of schedstat. */
final class RunQueue implements LongUnaryOperator {
  @Override
  public long applyAsLong(long nativeId) {
    return waited(KernelFile.textOf("/proc/self/task/" + nativeId + "/schedstat"));
  }

  /** -1 when the text is not three numbers. */
  static long waited(@Nullable String schedstat) {
    String[] words = schedstat == null ? new String[0] : schedstat.trim().split(" ");
    if (words.length != 3) {
      return -1;
    }
    try {
      return Math.max(-1, Long.parseLong(words[1]));
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }
}
