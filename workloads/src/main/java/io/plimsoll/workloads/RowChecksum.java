// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 64-bit sum over rows that does not depend on their order. Whole numbers, decimals and texts
 * count exactly, decimals whatever their scale; floating numbers count to seven significant digits,
 * so that the order in which a sum was added up does not show. Not for several threads at once.
 */
final class RowChecksum {
  /** Takes away what the order of adding left, so that sums of cents do not sit beside a tie. */
  private static final MathContext TWELVE_DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);

  private static final MathContext SEVEN_DIGITS = new MathContext(7, RoundingMode.HALF_EVEN);

  private final MessageDigest digest = sha256();
  private long rows;
  private long sum;

  /** Adds one row of these values. */
  void add(List<?> values) {
    for (Object value : values) {
      byte[] canonical = canonical(value).getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(canonical.length).flip());
      digest.update(canonical);
    }
    sum += ByteBuffer.wrap(digest.digest()).getLong();
    rows++;
  }

  long rows() {
    return rows;
  }

  /** Sixteen hexadecimal digits; all zero when there was no row. */
  String hex() {
    return String.format("%016x", sum);
  }

  private static String canonical(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Double || value instanceof Float) {
      return "f:" + rounded(((Number) value).doubleValue());
    }
    if (value instanceof BigDecimal decimal) {
      return "d:" + plain(decimal);
    }
    if (value instanceof Number) {
      return "i:" + new BigInteger(value.toString());
    }
    return "s:" + value;
  }

  private static String rounded(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    return plain(new BigDecimal(value).round(TWELVE_DIGITS).round(SEVEN_DIGITS));
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
