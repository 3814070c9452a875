// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this JVM and of the machine, from {@code /proc}; 0 where there is none. */
final class OwnMemory {
  private OwnMemory() {}

  static long peakRssBytes() {
    return kibibytes(Path.of("/proc/self/status"), "VmHWM:") << 10;
  }

  static long availableBytes() {
    return kibibytes(Path.of("/proc/meminfo"), "MemAvailable:") << 10;
  }

  private static long kibibytes(Path file, String label) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(label))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
