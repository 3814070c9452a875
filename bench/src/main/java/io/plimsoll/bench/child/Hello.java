// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.child;

/** Says at which reading of the machine's monotonic clock its {@code main} began. */
public final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    long nanos = System.nanoTime();
    System.out.print("main ");
    System.out.println(nanos);
  }
}
