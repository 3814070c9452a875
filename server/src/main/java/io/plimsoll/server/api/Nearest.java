// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import java.util.Collection;
import java.util.Comparator;

/** The known word that a mistyped one most likely meant, by edit distance (Levenshtein 1966). */
public final class Nearest {
  /** Longer words are compared by their beginning: what a person types is short. */
  private static final int LONGEST = 64;

  private Nearest() {}

  /**
   * The one with the fewest changes.
   *
   * @param known at least one
   */
  public static String to(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate)))
        .orElseThrow(() -> new IllegalArgumentException("nothing is known"));
  }

  private static int distance(String left, String right) {
    String a = left.length() > LONGEST ? left.substring(0, LONGEST) : left;
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j < previous.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = a.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
