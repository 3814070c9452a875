// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs of earlier calls, so that a benchmark that was interrupted goes on where it stopped. */
final class Kept {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Measured> known = new HashMap<>();

  /** One line of the file. */
  private record Line(String key, Measured run) {}

  Kept(Path file) {
    this.file = file;
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        Line read = JSON.readValue(line, Line.class);
        known.put(read.key(), read.run());
      }
    } catch (IOException e) {
      throw new ProblemException(
          "cannot read the kept runs in " + file + " (" + e.getMessage() + "); remove it", e);
    }
  }

  @Nullable Measured of(String key) {
    return known.get(key);
  }

  void keep(String key, Measured run) {
    known.put(key, run);
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(new Line(key, run)) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new ProblemException("cannot keep the run in " + file + ": " + e.getMessage(), e);
    }
  }
}
