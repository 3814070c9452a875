// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a running stack listens, written for other commands.
 *
 * @param pid of the stack's JVM
 * @param kafka bootstrap servers
 * @param api base address
 */
public record Running(long pid, String kafka, String api) {
  private static final String FILE = "running.properties";

  /** The stack of {@code up}, else that of {@code demo}; empty when neither runs. */
  public static Optional<Running> any() {
    return read(Places.service()).or(() -> read(Places.home().resolve("demo")));
  }

  /** The stack that runs on this folder; empty when none does or its process is gone. */
  public static Optional<Running> read(Path home) {
    Path file = home.resolve(FILE);
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      values.load(reader);
      long pid = Long.parseLong(values.getProperty("pid", "-1"));
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Running(pid, values.getProperty("kafka", ""), values.getProperty("api", "")));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  void write(Path home) {
    Properties values = new Properties();
    values.setProperty("pid", Long.toString(pid));
    values.setProperty("kafka", kafka);
    values.setProperty("api", api);
    try (Writer writer = Files.newBufferedWriter(home.resolve(FILE))) {
      values.store(writer, "written by the running stack");
    } catch (IOException e) {
      throw new ProblemException("cannot write " + home.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }

  static void erase(Path home) {
    try {
      Files.deleteIfExists(home.resolve(FILE));
    } catch (IOException e) {
      throw new ProblemException("cannot remove " + home.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }
}
