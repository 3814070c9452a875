// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/**
 * Arithmetic that stops at the ends of a long instead of beginning anew at the other one: logs may
 * hold any number.
 */
public final class Saturating {
  private Saturating() {}

  public static long plus(long a, long b) {
    long sum = a + b;
    boolean isOver = ((a ^ sum) & (b ^ sum)) < 0;
    return isOver ? end(a < 0) : sum;
  }

  public static long minus(long a, long b) {
    long difference = a - b;
    boolean isOver = ((a ^ b) & (a ^ difference)) < 0;
    return isOver ? end(a < 0) : difference;
  }

  public static long times(long a, long b) {
    long product = a * b;
    boolean isWhole = Math.multiplyHigh(a, b) == (product >> 63);
    return isWhole ? product : end((a < 0) != (b < 0));
  }

  private static long end(boolean isNegative) {
    return isNegative ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
