// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.point;

/** Which engines a point speaks of. */
public enum Engines {
  ANY(""),
  SPARK("spark"),
  FLINK("flink");

  private final String engine;

  Engines(String engine) {
    this.engine = engine;
  }

  /** Whether it speaks of runs of this engine; one that is not known yet may be any. */
  boolean covers(String runEngine) {
    return this == ANY || runEngine.isEmpty() || engine.equals(runEngine);
  }
}
