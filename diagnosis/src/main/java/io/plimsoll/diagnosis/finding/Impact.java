// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.finding;

/**
 * What a problem costs its run. Memory is in MiB·ms: byte·ms in a long stop counting at 2,386
 * GiB·h, MiB·ms at more than two thousand million.
 *
 * @param mebibyteMillis memory-time, MiB·ms; 0 when it costs none
 * @param coreMillis core-time, core·ms; 0 when it costs none
 * @param wallMillis time by which the run could have been shorter, ms; 0 when none or unknown
 */
public record Impact(long mebibyteMillis, long coreMillis, long wallMillis) {
  /** Costs nothing that is known. */
  public static final Impact NONE = new Impact(0, 0, 0);

  private static final double MILLIS_PER_HOUR = 3.6e6;
  private static final double MEBIBYTES_PER_GIBIBYTE = 1024;

  public Impact {
    if (mebibyteMillis < 0 || coreMillis < 0 || wallMillis < 0) {
      throw new IllegalArgumentException(
          "an impact below zero: "
              + mebibyteMillis
              + " MiB·ms, "
              + coreMillis
              + " core·ms, "
              + wallMillis
              + " ms");
    }
  }

  /** Amounts below zero count as none. */
  public static Impact of(long mebibyteMillis, long coreMillis, long wallMillis) {
    return new Impact(
        Math.max(0, mebibyteMillis), Math.max(0, coreMillis), Math.max(0, wallMillis));
  }

  public double gibHours() {
    return mebibyteMillis / MEBIBYTES_PER_GIBIBYTE / MILLIS_PER_HOUR;
  }

  public double coreHours() {
    return coreMillis / MILLIS_PER_HOUR;
  }

  public double wallSeconds() {
    return wallMillis / 1e3;
  }
}
