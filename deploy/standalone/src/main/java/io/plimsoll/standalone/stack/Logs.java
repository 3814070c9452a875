// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what the parts log to a file, so that the terminal shows only what a command says. */
public final class Logs {
  private static final int FILE_BYTES = 8 << 20;

  private static volatile boolean toFile;

  private Logs() {}

  /** Whether a log file is kept; before that, what is logged would go to the terminal. */
  static boolean isToFile() {
    return toFile;
  }

  /** Appends to this file from now on: our own parts from INFO, the others from WARNING. */
  public static void toFile(Path file) {
    try {
      LogManager.getLogManager().reset();
      System.setProperty(
          "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
      Handler handler = new FileHandler(file.toString(), FILE_BYTES, 2, true);
      handler.setFormatter(new SimpleFormatter());
      Logger root = Logger.getLogger("");
      root.setLevel(Level.WARNING);
      root.addHandler(handler);
      OURS.setLevel(Level.INFO);
      toFile = true;
    } catch (IOException e) {
      throw new ProblemException(
          "cannot write the log "
              + file
              + " ("
              + e.getMessage()
              + "); set PLIMSOLL_HOME to a folder that can be written",
          e);
    }
  }

  /** Held here: the logging framework keeps a logger's level only while somebody holds it. */
  private static final Logger OURS = Logger.getLogger("io.plimsoll");
}
