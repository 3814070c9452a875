// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

/** What saw an attempt's first and last instruction; the ordinal is the wire value. */
public enum AttemptHook {
  /** An agent of before hooks were told, or a rung that this version does not know. */
  UNKNOWN,
  /** Code woven into the engine's own task class: both edges, in the task's thread. */
  BYTECODE,
  /** The engine's plugin calls: without dependency fetch, deserialisation and result. */
  PLUGIN,
  /** Thread names seen by the sampler: edges to the sampling interval only. */
  THREAD_NAME
}
