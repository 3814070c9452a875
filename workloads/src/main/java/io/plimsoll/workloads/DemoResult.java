// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a run of the demo analysis came to. Two runs over the same data have the same checksum, on
 * any cluster and with any settings; times may differ.
 */
record DemoResult(List<PartResult> parts) {
  DemoResult {
    parts = List.copyOf(parts);
  }

  /**
   * One part's result.
   *
   * @param checksum sixteen hexadecimal digits over the rows in any order
   */
  record PartResult(String name, long rows, String checksum, long wallMillis) {}

  /** Over names, row counts and checksums of all parts. */
  String checksum() {
    RowChecksum sum = new RowChecksum();
    parts.forEach(part -> sum.add(List.of(part.name(), part.rows(), part.checksum())));
    return sum.hex();
  }

  /** Names are letters, digits and dashes, so nothing needs to be escaped. */
  String json() {
    String lines =
        parts.stream()
            .map(
                part ->
                    String.format(
                        Locale.ROOT,
                        "    {\"name\": \"%s\", \"rows\": %d, \"checksum\": \"%s\","
                            + " \"wallMillis\": %d}",
                        part.name(),
                        part.rows(),
                        part.checksum(),
                        part.wallMillis()))
            .collect(Collectors.joining(",\n"));
    return "{\n  \"parts\": [\n" + lines + "\n  ],\n  \"checksum\": \"" + checksum() + "\"\n}\n";
  }
}
