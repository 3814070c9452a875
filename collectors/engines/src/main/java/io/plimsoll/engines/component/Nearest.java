// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;

/** The known word that a mistyped one most likely meant, by edit distance (Levenshtein 1966). */
final class Nearest {
  /** Longer words are compared by their beginning: what a person types is short. */
  private static final int LONGEST = 64;

  private Nearest() {}

  /** Of equally near ones the first in the alphabet. */
  static String to(String word, Collection<String> known) {
    String typed = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
    return new TreeSet<>(known)
        .stream()
            .min(Comparator.<String>comparingInt(candidate -> distance(typed, candidate)))
            .orElseThrow(() -> new IllegalArgumentException("nothing is known"));
  }

  private static int distance(String typed, String candidate) {
    int[] above = new int[candidate.length() + 1];
    for (int column = 0; column < above.length; column++) {
      above[column] = column;
    }
    for (int row = 1; row <= typed.length(); row++) {
      int[] here = new int[above.length];
      here[0] = row;
      for (int column = 1; column < here.length; column++) {
        int change = typed.charAt(row - 1) == candidate.charAt(column - 1) ? 0 : 1;
        int oneMore = Math.min(here[column - 1], above[column]) + 1;
        here[column] = Math.min(oneMore, above[column - 1] + change);
      }
      above = here;
    }
    return above[candidate.length()];
  }
}
