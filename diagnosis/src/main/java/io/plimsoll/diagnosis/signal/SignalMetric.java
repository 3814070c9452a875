// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import java.util.Objects;

/**
 * A quantity that is measured of components.
 *
 * @param name dotted, unique
 * @param unit ratio, ms, bytes, count …
 * @param bad the side on which it is bad
 * @param family what it is a symptom of
 * @param origin who fills it
 * @param words what it is, for a person
 */
public record SignalMetric(
    String name, String unit, Direction bad, SymptomFamily family, Origin origin, String words)
    implements Comparable<SignalMetric> {
  public SignalMetric {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(unit, "unit is null");
    Objects.requireNonNull(bad, "bad is null");
    Objects.requireNonNull(family, "family is null");
    Objects.requireNonNull(origin, "origin is null");
    Objects.requireNonNull(words, "words is null");
  }

  /** A metric of which more is worse. */
  public static SignalMetric high(
      String name, String unit, SymptomFamily family, Origin origin, String words) {
    return new SignalMetric(name, unit, Direction.HIGH, family, origin, words);
  }

  /** A metric of which less is worse. */
  public static SignalMetric low(
      String name, String unit, SymptomFamily family, Origin origin, String words) {
    return new SignalMetric(name, unit, Direction.LOW, family, origin, words);
  }

  /** By name. */
  @Override
  public int compareTo(SignalMetric other) {
    return name.compareTo(other.name);
  }
}
