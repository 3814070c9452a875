// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.child;

import java.lang.instrument.Instrumentation;

/**
 * An agent that does nothing: what any {@code -javaagent} costs. It has the method that the JVM
 * looks for first, so that no failed look-up is taken for the JVM's own cost.
 */
public final class Nothing {
  private Nothing() {}

  /** Called by the JVM. */
  public static void premain(String options, Instrumentation instrumentation) {}
}
