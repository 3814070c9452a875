// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

/** What a value was compared with. */
public enum Reference {
  /** The same metric of the same component in normal time. */
  HISTORY("its own normal time"),
  /** The same metric of others that do the same work at the same time. */
  PEERS("its peers"),
  /** A fixed limit, where neither history nor peers say anything. */
  FIXED("a fixed limit"),
  /** Concluded from what depends on it; nothing was measured. */
  DEPENDENTS("what depends on it");

  private final String text;

  Reference(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
