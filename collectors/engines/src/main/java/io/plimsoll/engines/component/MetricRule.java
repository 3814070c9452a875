// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which bean attribute becomes which metric.
 *
 * @param name of the metric: lower case, dots between groups
 * @param attribute of the bean; {@code HeapMemoryUsage/used} goes into a composite value
 * @param unit of the metric's whole numbers
 * @param wire the wire metric that carries the values
 * @param scale what a value is multiplied by before it is rounded to a whole number
 * @param about one sentence for the reader of the page
 */
public record MetricRule(
    String name, String attribute, MetricUnit unit, Metric wire, BigDecimal scale, String about) {
  private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  /** The attribute that is asked for: the part of the path before the first slash. */
  public String topAttribute() {
    int slash = attribute.indexOf('/');
    return slash < 0 ? attribute : attribute.substring(0, slash);
  }

  /** The metric's value for these attributes, or null when they do not tell a number. */
  @Nullable Long value(Map<String, ?> attributes) {
    Object value = attributes.get(topAttribute());
    if (attribute.indexOf('/') >= 0) {
      for (String step : attribute.substring(attribute.indexOf('/') + 1).split("/")) {
        value = value instanceof Map<?, ?> map ? map.get(step) : null;
      }
    }
    return whole(value);
  }

  private @Nullable Long whole(@Nullable Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1L : 0L;
    }
    if (!(value instanceof Number number)) {
      return null;
    }
    BigDecimal exact = exact(number);
    if (exact == null) {
      return null;
    }
    BigDecimal scaled = exact.multiply(scale);
    // The comparison comes before the rounding, which would write out every digit.
    if (scaled.compareTo(MIN) < 0 || scaled.compareTo(MAX) > 0) {
      return null;
    }
    return scaled.setScale(0, RoundingMode.HALF_UP).longValue();
  }

  private static @Nullable BigDecimal exact(Number number) {
    if (number instanceof Long || number instanceof Integer || number instanceof Short) {
      return BigDecimal.valueOf(number.longValue());
    }
    double value = number.doubleValue();
    return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
  }
}
