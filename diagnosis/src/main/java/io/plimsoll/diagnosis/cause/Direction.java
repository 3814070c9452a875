// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

/** Which way a metric gets worse. */
public enum Direction {
  UP,
  DOWN,
  BOTH;

  boolean hasUp() {
    return this != DOWN;
  }

  boolean hasDown() {
    return this != UP;
  }
}
