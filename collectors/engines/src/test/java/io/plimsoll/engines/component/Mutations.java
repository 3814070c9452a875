// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Breaks texts in the ways that files and answers break: cut, doubled, shuffled, garbled. */
public final class Mutations {
  private static final String[] BITS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\n",
    "\u0000",
    "NaN",
    "-1",
    "1e999999",
    "null",
    "true",
    "99999999999999999999",
    "\\u",
    "&a",
    "*a",
    "- ",
    "\t",
    "\ud800"
  };

  private Mutations() {}

  /** One to three changes. */
  public static String of(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(mutated.length() + 1);
      int to = Math.min(mutated.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> mutated.setLength(at);
        case 1 -> mutated.delete(at, to);
        case 2 -> mutated.insert(at, mutated.substring(at, to).repeat(1 + random.nextInt(50)));
        case 3 -> mutated.insert(at, BITS[random.nextInt(BITS.length)]);
        case 4 -> mutated.replace(at, to, BITS[random.nextInt(BITS.length)]);
        default -> mutated.insert(at, (char) random.nextInt(0x300));
      }
    }
    return mutated.toString();
  }

  public static byte[] bytes(String text, Random random) {
    return of(text, random).getBytes(StandardCharsets.UTF_8);
  }
}
