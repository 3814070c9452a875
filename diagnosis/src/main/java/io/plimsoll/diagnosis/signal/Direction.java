// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** On which side of its usual value a metric is bad. */
public enum Direction {
  HIGH,
  LOW
}
