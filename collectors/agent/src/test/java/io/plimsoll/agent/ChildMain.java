// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/** A small program for child JVMs: works a little, prints a result, ends with exit code 7. */
public final class ChildMain {
  private static final int EXIT_CODE = 7;

  private ChildMain() {}

  /**
   * The first argument is how long to work at most, in milliseconds; work ends earlier once the
   * file that the second argument names exists.
   */
  public static void main(String[] arguments) {
    long end = System.nanoTime() + Long.parseLong(arguments[0]) * 1_000_000L;
    List<byte[]> kept = new ArrayList<>();
    long sum = 0;
    for (int round = 0; round < 64; round++) {
      kept.add(new byte[64 << 10]);
      sum += 31L * round;
    }
    Path stop = arguments.length > 1 ? Paths.get(arguments[1]) : null;
    while (System.nanoTime() - end < 0 && (stop == null || !Files.exists(stop))) {
      System.gc();
      Thread.yield();
    }
    System.out.println("sum " + sum + " kept " + kept.size());
    System.exit(EXIT_CODE);
  }
}
