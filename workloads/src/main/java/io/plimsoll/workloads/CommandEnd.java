// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

/** How a command ends: 0 when done, 2 with one line when it was asked wrongly. */
final class CommandEnd {
  private static final int ASKED_WRONGLY = 2;

  private CommandEnd() {}

  /** Runs the command. Other trouble is thrown on: Spark reports it and exits with 1. */
  static void of(Runnable command) {
    try {
      command.run();
    } catch (WorkloadException e) {
      System.err.println(e.getMessage());
      System.exit(ASKED_WRONGLY);
    }
  }
}
