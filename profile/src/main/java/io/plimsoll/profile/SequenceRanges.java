// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import java.util.Map;
import java.util.TreeMap;

/** A set of sequence numbers, kept as the ranges it consists of. */
final class SequenceRanges {
  /** Above any envelope counter, and low enough to order the events within an envelope. */
  static final long LIMIT = 1L << 42;

  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

  boolean contains(long sequence) {
    Map.Entry<Long, Long> range = lastByFirst.floorEntry(sequence);
    return range != null && range.getValue() >= sequence;
  }

  void add(long sequence) {
    add(sequence, sequence);
  }

  boolean overlaps(SequenceRanges other) {
    for (Map.Entry<Long, Long> range : other.lastByFirst.entrySet()) {
      Map.Entry<Long, Long> below = lastByFirst.floorEntry(range.getValue());
      if (below != null && below.getValue() >= range.getKey()) {
        return true;
      }
    }
    return false;
  }

  /** Adds a set that does not overlap this one. */
  void addAll(SequenceRanges other) {
    other.lastByFirst.forEach(this::add);
  }

  long count() {
    long count = 0;
    for (Map.Entry<Long, Long> range : lastByFirst.entrySet()) {
      count += range.getValue() - range.getKey() + 1;
    }
    return count;
  }

  /** How many numbers from 0 to the highest one are not in the set. */
  long missing() {
    return lastByFirst.isEmpty() ? 0 : lastByFirst.lastEntry().getValue() + 1 - count();
  }

  void write(FoldOutput out) {
    out.number(lastByFirst.size());
    lastByFirst.forEach(
        (first, last) -> {
          out.number(first);
          out.number(last - first);
        });
  }

  static SequenceRanges read(FoldInput in) {
    SequenceRanges ranges = new SequenceRanges();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      long first = in.number();
      long length = in.number();
      if (first < 0 || length < 0 || first >= LIMIT || length >= LIMIT) {
        throw FoldFormatException.malformed("a range of sequences from " + first);
      }
      ranges.lastByFirst.put(first, first + length);
    }
    return ranges;
  }

  private void add(long first, long last) {
    long newFirst = first;
    long newLast = last;
    Map.Entry<Long, Long> below = lastByFirst.lowerEntry(first);
    if (below != null && below.getValue() == first - 1) {
      newFirst = below.getKey();
    }
    Long above = lastByFirst.remove(last + 1);
    if (above != null) {
      newLast = above;
    }
    lastByFirst.put(newFirst, newLast);
  }
}
