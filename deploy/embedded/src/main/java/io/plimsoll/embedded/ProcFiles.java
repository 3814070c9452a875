// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Linux' own files about a process. A process that is gone, or not ours to see, reads as "". */
final class ProcFiles {
  private static final Path PROC = Path.of("/proc");

  private ProcFiles() {}

  /** The words of the command line, one blank between. Empty for a process that has ended. */
  static String commandLine(long pid) {
    return read(pid, "cmdline").replace('\0', ' ').strip();
  }

  static String stat(long pid) {
    return read(pid, "stat");
  }

  static String status(long pid) {
    return read(pid, "status");
  }

  /** The machine's boot, from which a process' start is counted. 0 when unknown. */
  static long bootEpochMillis() {
    try {
      for (String line : Files.readAllLines(PROC.resolve("stat"))) {
        if (line.startsWith("btime ")) {
          return Long.parseLong(line.substring("btime ".length()).strip()) * 1000;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(
          PROC.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
