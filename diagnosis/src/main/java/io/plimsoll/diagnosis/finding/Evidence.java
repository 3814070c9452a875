// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.finding;

import java.util.Objects;

/**
 * One measured number that a finding rests on.
 *
 * @param name what was measured, in words
 * @param value in {@code unit}
 * @param unit bytes, ms, ns, ratio, count, GiB, cores …
 * @param source where it came from: process id, stage id, configuration key
 */
public record Evidence(String name, double value, String unit, String source) {
  public Evidence {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(unit, "unit is null");
    Objects.requireNonNull(source, "source is null");
  }
}
