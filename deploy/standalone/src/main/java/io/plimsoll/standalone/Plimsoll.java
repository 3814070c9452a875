// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone;

import io.plimsoll.standalone.analyze.AnalyzeCommand;
import io.plimsoll.standalone.attach.AttachCommand;
import io.plimsoll.standalone.attach.AttachLineCommand;
import io.plimsoll.standalone.compare.CompareCommand;
import io.plimsoll.standalone.components.ComponentsCommand;
import io.plimsoll.standalone.demo.DemoCommand;
import io.plimsoll.standalone.doctor.DoctorCommand;
import io.plimsoll.standalone.locate.LocateCommand;
import io.plimsoll.standalone.stack.Commands;
import io.plimsoll.standalone.up.UpCommand;
import picocli.CommandLine.Command;

/**
 * The command line: exit code 0 done, 1 found a problem, 2 cannot do it; analyze has 3 for nothing
 * to read.
 */
@Command(
    name = "plimsoll",
    mixinStandardHelpOptions = true,
    subcommands = {
      AnalyzeCommand.class,
      CompareCommand.class,
      DemoCommand.class,
      AttachCommand.class,
      AttachLineCommand.class,
      ComponentsCommand.class,
      DoctorCommand.class,
      LocateCommand.class,
      UpCommand.class
    })
public final class Plimsoll {
  private Plimsoll() {}

  public static void main(String[] args) {
    Commands.exit(new Plimsoll(), args);
  }
}
