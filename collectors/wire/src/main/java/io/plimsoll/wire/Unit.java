// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

/**
 * The unit in which a {@link Metric} is counted. Every value on the wire is a whole number of it.
 */
public enum Unit {
  BYTES,
  NANOSECONDS,
  MILLISECONDS,
  COUNT
}
