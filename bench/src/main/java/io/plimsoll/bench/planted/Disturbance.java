// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

/** What is done to a run from outside, while its main step runs. */
enum Disturbance {
  NONE,
  /** One executor is ended by SIGKILL, as the kernel or an operator would. */
  KILL_EXECUTOR,
  /** One executor is stopped for most of each fraction of a second, as a noisy neighbour would. */
  STARVE_EXECUTOR
}
