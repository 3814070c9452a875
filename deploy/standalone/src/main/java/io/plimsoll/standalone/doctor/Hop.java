// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.doctor;

import java.util.Objects;

/**
 * What the doctor found at one hop of the chain.
 *
 * @param name agent jar, broker, topics, pipeline, store, API
 * @param text what was seen, or the culprit and the way out
 */
record Hop(String name, State state, String text) {
  /** Whether the hop works, is broken, or could not be looked at because of an earlier one. */
  enum State {
    OK,
    BROKEN,
    SKIPPED
  }

  Hop {
    Objects.requireNonNull(text, "text is null");
  }

  static Hop ok(String name, String text) {
    return new Hop(name, State.OK, text);
  }

  static Hop broken(String name, String text) {
    return new Hop(name, State.BROKEN, text);
  }

  static Hop skipped(String name, String because) {
    return new Hop(name, State.SKIPPED, "not looked at: " + because);
  }
}
