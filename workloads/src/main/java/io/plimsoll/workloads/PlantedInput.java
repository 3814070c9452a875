// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.nio.file.Path;

/**
 * What a planted application is given.
 *
 * @param variant which of a kind's two forms
 * @param data a folder with TPC-H tables and small files
 * @param seconds how long a healthy application goes on taking new days of data
 */
record PlantedInput(int variant, Path data, int seconds) {
  boolean isFirst() {
    return variant == 1;
  }

  int of(int first, int second) {
    return isFirst() ? first : second;
  }

  String path(String folder) {
    return data.resolve(folder).toUri().toString();
  }

  /** The nanoTime at which a healthy application takes no new day any more. */
  long deadlineNanos() {
    return System.nanoTime() + seconds * 1_000_000_000L;
  }
}
