// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

/** A workload was asked for what it cannot do; the message is one line for the user. */
final class WorkloadException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WorkloadException(String message) {
    super(message);
  }
}
