// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import java.util.Locale;

/** Points in time that are told apart by their size: seconds or milliseconds since 1970. */
public final class EpochTime {
  /** Read as seconds it is the year 5138, as milliseconds March 1973. */
  private static final double LEAST_MILLIS = 1e11;

  private static final double MOST_MILLIS = 1e14;

  private EpochTime() {}

  /** The milliseconds of a time that is given in seconds or milliseconds. */
  public static long millis(double time) {
    double size = Math.abs(time);
    if (!(size < MOST_MILLIS)) {
      throw new BadCaseException(
          String.format(
              Locale.ROOT,
              "%s is no time in seconds or milliseconds since 1970; micro- and nanoseconds are not"
                  + " read",
              time));
    }
    return Math.round(size < LEAST_MILLIS ? time * 1000 : time);
  }
}
