// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone;

import io.plimsoll.embedded.EmbeddedException;
import io.plimsoll.standalone.attach.AttachLineCommand;
import io.plimsoll.standalone.demo.DemoCommand;
import io.plimsoll.standalone.doctor.DoctorCommand;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.store.StoreException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: exit code 0 done, 1 found a problem, 2 cannot do it. */
@Command(
    name = "plimsoll",
    mixinStandardHelpOptions = true,
    subcommands = {DemoCommand.class, AttachLineCommand.class, DoctorCommand.class})
public final class Plimsoll {
  /** The exit code of a command that could not do its work. */
  static final int CANNOT = 2;

  private Plimsoll() {}

  public static void main(String[] args) {
    int exit = CANNOT;
    try {
      exit = commandLine().execute(args);
    } catch (Error e) {
      System.err.println("plimsoll: this is our fault, please report it: " + e);
    } finally {
      // Servers' threads would keep the JVM alive after an Error.
      System.exit(exit);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Plimsoll())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (problem, line, parsed) -> {
              if (problem instanceof ProblemException
                  || problem instanceof EmbeddedException
                  || problem instanceof StoreException) {
                PrintWriter err = line.getErr();
                err.println("plimsoll: " + problem.getMessage());
                err.flush();
                return CANNOT;
              }
              throw problem;
            });
  }
}
