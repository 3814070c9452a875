// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import java.util.Locale;

/** On what a benchmark's cluster runs. */
enum NodeKind {
  /** Nodes whose memory and CPU time the kernel enforces. */
  EMULATED,
  /** Workers beside each other, with nothing enforced. */
  PLAIN;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
