// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import org.jspecify.annotations.Nullable;

/** The fields of one {@code stat} file of a process or thread, times in ticks. */
final class ProcStat {
  private static final int PARENT = 1;
  private static final int MAJOR_FAULTS = 9;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;
  private static final int START = 19;
  private static final int RSS = 21;
  private static final int FIELDS = 22;

  /** 2^36 ticks are more than twenty years, 2^48 pages more than any machine has. */
  private static final long LARGEST_TICKS = 1L << 36;

  private static final long LARGEST = 1L << 48;

  private final long pid;
  private final String comm;
  private final long[] fields;

  private ProcStat(long pid, String comm, long[] fields) {
    this.pid = pid;
    this.comm = comm;
    this.fields = fields;
  }

  /** Null when the text is not that of a whole {@code stat} file. */
  static @Nullable ProcStat of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    // The name may hold blanks and parentheses: fields are counted behind the last one.
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    long pid = ProcText.number(text, 0);
    if (open < 0 || close < open || pid < 0) {
      return null;
    }
    long[] fields = new long[FIELDS];
    int at = close + 2;
    for (int field = 0; field < FIELDS; field++) {
      if (at >= text.length()) {
        return null;
      }
      long value = ProcText.number(text, at);
      fields[field] = Math.min(value, LARGEST);
      int blank = text.indexOf(' ', at);
      at = blank < 0 ? text.length() : blank + 1;
    }
    return new ProcStat(pid, text.substring(open + 1, close), fields);
  }

  long pid() {
    return pid;
  }

  /** The name, at most 15 characters. */
  String comm() {
    return comm;
  }

  long parent() {
    return fields[PARENT];
  }

  long majorFaults() {
    return fields[MAJOR_FAULTS];
  }

  long userTicks() {
    return ticks(USER);
  }

  long systemTicks() {
    return ticks(SYSTEM);
  }

  /** Ticks of the ended children that were waited for, and theirs. */
  long endedChildrenTicks() {
    return ticks(CHILDREN_USER) + ticks(CHILDREN_SYSTEM);
  }

  /** Own ticks and those of the ended children. */
  long allTicks() {
    return userTicks() + systemTicks() + endedChildrenTicks();
  }

  /** Ticks between the machine's start and the process's. */
  long start() {
    return fields[START];
  }

  long rssPages() {
    return Math.max(0, fields[RSS]);
  }

  private long ticks(int field) {
    return Math.max(0, Math.min(fields[field], LARGEST_TICKS));
  }
}
