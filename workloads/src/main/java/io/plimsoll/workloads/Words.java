// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;

/** Words of a made-up text. */
final class Words implements Iterator<String> {
  private static final int VOCABULARY = 60_000;

  private final Random random;
  private long left;

  Words(long seed, long count) {
    random = new Random(seed);
    left = count;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public String next() {
    if (left-- <= 0) {
      throw new NoSuchElementException();
    }
    return "w" + random.nextInt(VOCABULARY);
  }
}
