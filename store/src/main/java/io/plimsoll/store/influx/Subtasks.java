// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of single subtasks or partitions, {@code metric{operator/7}.max}, as values of all of them
 * together: their number has no bound, so it may not be in a name.
 */
final class Subtasks {
  private static final Pattern ONE =
      Pattern.compile("(?<metric>[^{]+)\\{(?<part>.*/\\d+)}(?<kind>|\\.integral|\\.max|\\.last)");

  private Subtasks() {}

  /** Whether the name speaks of one of many. */
  static boolean isOne(String name) {
    return name.indexOf('/') >= 0 && ONE.matcher(name).matches();
  }

  /**
   * The values with those of single parts put together: the highest of the highest, sums of all
   * others, and under {@link RollupPoint#SUBTASKS} how many parts there are.
   */
  static SortedMap<String, Long> together(SortedMap<String, Long> values) {
    if (values.keySet().stream().noneMatch(Subtasks::isOne)) {
      return values;
    }
    SortedMap<String, Long> together = new TreeMap<>();
    Map<String, Set<String>> parts = new HashMap<>();
    values.forEach(
        (name, value) -> {
          Matcher matcher = ONE.matcher(name);
          if (!matcher.matches()) {
            together.put(name, value);
            return;
          }
          String kind = matcher.group("kind");
          String metric = matcher.group("metric");
          together.merge(
              metric + kind, value, kind.equals(".max") ? Math::max : Subtasks::saturatedSum);
          parts.computeIfAbsent(metric, any -> new HashSet<>()).add(matcher.group("part"));
        });
    together.put(
        RollupPoint.SUBTASKS, (long) parts.values().stream().mapToInt(Set::size).max().orElse(0));
    return together;
  }

  private static long saturatedSum(long one, long other) {
    long sum = one + other;
    if (((one ^ sum) & (other ^ sum)) < 0) {
      return one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }
}
