// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.attach;

import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What has to hold of a process before the JDK may knock at it: knocking is a signal that ends
 * every process but a JVM.
 */
final class TargetProcess {
  static final String WAY_OUT =
      "; start it with -javaagent instead, ./plimsoll attach-line prints the line";

  private static final Path PROC = Path.of("/proc");

  private TargetProcess() {}

  /**
   * @throws ProblemException when there is no such process, it is another user's, no JVM, or one
   *     that lets nobody attach
   */
  static void requireJvm(long pid) {
    Optional<ProcessHandle> process = pid > 0 ? ProcessHandle.of(pid) : Optional.empty();
    if (process.isEmpty()) {
      throw new ProblemException("there is no process " + pid + " on this machine: jps lists JVMs");
    }
    Path folder = PROC.resolve(Long.toString(pid));
    if (!Files.isDirectory(folder)) {
      return;
    }
    String own = ProcessHandle.current().info().user().orElse("");
    String owner = process.get().info().user().orElse(own);
    if (!own.equals(owner) && !own.equals("root")) {
      throw new ProblemException(
          "process " + pid + " belongs to " + owner + ", not to " + own + ": attach as " + owner);
    }
    String maps = text(folder.resolve("maps"));
    if (!maps.contains("libjvm.so")) {
      throw new ProblemException("process " + pid + " is not a JVM: jps lists JVMs");
    }
    String command = text(folder.resolve("cmdline"));
    if (command.contains("-XX:+DisableAttachMechanism")) {
      throw new ProblemException(
          "the JVM " + pid + " was started with -XX:+DisableAttachMechanism" + WAY_OUT);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      throw new ProblemException("cannot look at " + file + ": " + gone.getMessage(), gone);
    }
  }
}
