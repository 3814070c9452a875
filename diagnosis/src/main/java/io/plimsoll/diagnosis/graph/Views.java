// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.graph;

import java.util.Arrays;

/** Finds for every component the one that its evidence belongs to. */
final class Views {
  private static final int NONE = -1;
  private static final int SEVERAL = -2;

  private Views() {}

  /**
   * The owner of each component. A view of a view belongs to the last of the chain; of views in a
   * circle the lowest number owns the others; a view of several is nobody's and stays what it is.
   */
  static int[] owners(int components, int links, int[] from, int[] to, byte[] type) {
    int[] next = new int[components];
    Arrays.fill(next, NONE);
    for (int i = 0; i < links; i++) {
      if (type[i] == LinkType.VIEW_OF.ordinal() && from[i] != to[i]) {
        int known = next[from[i]];
        next[from[i]] = known == NONE || known == to[i] ? to[i] : SEVERAL;
      }
    }
    int[] owners = new int[components];
    Arrays.fill(owners, NONE);
    int[] seenBy = new int[components];
    Arrays.fill(seenBy, NONE);
    for (int v = 0; v < components; v++) {
      int end = v;
      while (owners[end] == NONE && next[end] >= 0 && seenBy[end] != v) {
        seenBy[end] = v;
        end = next[end];
      }
      int owner = owners[end];
      if (owner == NONE) {
        owner = next[end] >= 0 ? lowest(end, next) : end;
      }
      for (int w = v; owners[w] == NONE; w = next[w]) {
        owners[w] = owner;
        if (next[w] < 0) {
          break;
        }
      }
    }
    return owners;
  }

  private static int lowest(int inCircle, int[] next) {
    int lowest = inCircle;
    for (int w = next[inCircle]; w != inCircle; w = next[w]) {
      lowest = Math.min(lowest, w);
    }
    return lowest;
  }
}
