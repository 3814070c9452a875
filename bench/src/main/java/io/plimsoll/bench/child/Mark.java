// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.child;

import java.lang.instrument.Instrumentation;

/**
 * An agent that says when it was called: one before and one behind another agent tell how long the
 * host waits for that one. Texts are not joined, since the JVM's first joining takes longer than
 * what is measured.
 */
public final class Mark {
  private Mark() {}

  /** Called by the JVM; the option is the name of the mark. */
  public static void premain(String name, Instrumentation instrumentation) {
    long nanos = System.nanoTime();
    System.out.print(name);
    System.out.print(' ');
    System.out.println(nanos);
  }
}
