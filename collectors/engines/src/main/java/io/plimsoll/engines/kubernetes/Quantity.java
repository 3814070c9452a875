// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kubernetes' way to write amounts: 1500m, 0.5, 2Gi, 128974848, 1e3. */
final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9.]{1,30}(?:[eE][+-]?[0-9]{1,2})?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|)");
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("", BigDecimal.ONE),
          Map.entry("k", THOUSAND),
          Map.entry("M", THOUSAND.pow(2)),
          Map.entry("G", THOUSAND.pow(3)),
          Map.entry("T", THOUSAND.pow(4)),
          Map.entry("P", THOUSAND.pow(5)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)));

  private Quantity() {}

  /** Whole units, or null when the text is no amount. */
  static @Nullable Long whole(String text) {
    return times(text, BigDecimal.ONE);
  }

  /** Thousandths, or null when the text is no amount. */
  static @Nullable Long milli(String text) {
    return times(text, THOUSAND);
  }

  private static @Nullable Long times(String text, BigDecimal factor) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    try {
      BigDecimal unit = FACTORS.getOrDefault(form.group(2), BigDecimal.ONE);
      BigDecimal value = new BigDecimal(form.group(1)).multiply(unit).multiply(factor);
      return value.setScale(0, RoundingMode.UP).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
