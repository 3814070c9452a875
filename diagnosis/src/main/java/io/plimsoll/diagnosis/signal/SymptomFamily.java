// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

/** What kind of trouble a metric is a symptom of; faults propagate by family. */
public enum SymptomFamily {
  LATENCY,
  THROUGHPUT,
  ERRORS,
  AVAILABILITY,
  CPU,
  MEMORY,
  GARBAGE_COLLECTION,
  DISK,
  NETWORK,
  /** Something waits for a turn: queues, pools, locks, back pressure. */
  QUEUEING,
  /** Work or data is spread unevenly. */
  SKEW,
  /** Resources are held and not used. */
  WASTE,
  DATA_VOLUME,
  STATE,
  CONFIGURATION
}
