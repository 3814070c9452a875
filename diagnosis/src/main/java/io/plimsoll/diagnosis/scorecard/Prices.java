// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.scorecard;

import java.util.Objects;

/**
 * What a unit of memory and of CPU costs, held for an hour.
 *
 * @param gibHour price of one GiB for an hour
 * @param coreHour price of one core for an hour
 * @param currency as it is to be shown
 */
public record Prices(double gibHour, double coreHour, String currency) {
  /**
   * List prices of Amazon EMR Serverless on x86 in us-east-1: 0.052624 USD per vCPU·h and 0.0057785
   * USD per GB·h. A GB is taken for a GiB. They only stand for the usual ratio of the two; give
   * your own.
   */
  public static final Prices DEFAULT = new Prices(0.0057785, 0.052624, "USD");

  public Prices {
    Objects.requireNonNull(currency, "currency is null");
    if (!isPrice(gibHour) || !isPrice(coreHour) || gibHour + coreHour <= 0) {
      throw new IllegalArgumentException(
          "prices "
              + gibHour
              + " per GiB·h and "
              + coreHour
              + " per core·h: give finite numbers, none below 0 and not both 0");
    }
  }

  private static boolean isPrice(double price) {
    return price >= 0 && price < Double.POSITIVE_INFINITY;
  }

  /** The price of so much memory and CPU. */
  public double of(double gibHours, double coreHours) {
    return gibHours * gibHour + coreHours * coreHour;
  }
}
