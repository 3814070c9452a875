// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

/**
 * Where an event stands in its log: the parts of a log are counted from 0 in their order.
 *
 * @param offsetBytes of the line's beginning in the unpacked part
 */
public record LogPosition(int part, long offsetBytes) implements Comparable<LogPosition> {
  @Override
  public int compareTo(LogPosition other) {
    return part != other.part
        ? Integer.compare(part, other.part)
        : Long.compare(offsetBytes, other.offsetBytes);
  }
}
