// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import io.plimsoll.embedded.EmbeddedException;
import io.plimsoll.server.ServerException;
import io.plimsoll.store.StoreException;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Runs a command so that whatever goes wrong is one line and ends the JVM. */
public final class Commands {
  /** The exit code of a command that could not do its work. */
  public static final int CANNOT = 2;

  private static final Logger LOGGER = Logger.getLogger(Commands.class.getName());

  private Commands() {}

  /** Runs the command and exits the JVM with its code. */
  public static void exit(Object command, String... args) {
    int exit = CANNOT;
    try {
      exit = line(command).execute(args);
    } catch (Error e) {
      System.err.println("plimsoll: this is our fault, please report it: " + e);
    } finally {
      // Servers' threads would keep the JVM alive after an Error.
      System.exit(exit);
    }
  }

  private static CommandLine line(Object command) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (problem, line, parsed) -> {
              PrintWriter err = line.getErr();
              err.println("plimsoll: " + text(problem));
              err.flush();
              if (Logs.isToFile()) {
                LOGGER.log(Level.SEVERE, "the command failed", problem);
              }
              return CANNOT;
            });
  }

  private static String text(Exception problem) {
    boolean known =
        problem instanceof ProblemException
            || problem instanceof EmbeddedException
            || problem instanceof ServerException
            || problem instanceof StoreException;
    return known ? String.valueOf(problem.getMessage()) : "unexpected: " + problem;
  }
}
