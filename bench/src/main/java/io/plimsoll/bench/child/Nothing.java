// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.child;

/** An agent that does nothing: what any {@code -javaagent} costs. */
public final class Nothing {
  private Nothing() {}

  /** Called by the JVM. */
  public static void premain(String options) {}
}
