// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import io.plimsoll.diagnosis.scorecard.Prices;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code gib-hour=0.004,core-hour=0.04,currency=EUR}; what is left out keeps its default. */
public final class PriceOption implements ITypeConverter<Prices> {
  /** For picocli. */
  public PriceOption() {}

  @Override
  public Prices convert(String text) {
    double gib = Prices.DEFAULT.gibHour();
    double core = Prices.DEFAULT.coreHour();
    String currency = Prices.DEFAULT.currency();
    for (String pair : text.split(",", -1)) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 2 ? parts[1].strip() : "";
      switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
        case "gib-hour" -> gib = number(pair, value);
        case "core-hour" -> core = number(pair, value);
        case "currency" -> currency = value.isEmpty() ? currency : value;
        default ->
            throw new TypeConversionException(
                "'" + pair + "': take gib-hour=PRICE,core-hour=PRICE,currency=NAME");
      }
    }
    try {
      return new Prices(gib, core, currency);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static double number(String pair, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + pair + "' is no price; write a number, such as 0.04");
    }
  }
}
