// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.attach;

/** A program that waits until its standard input ends. */
final class Idle {
  private Idle() {}

  public static void main(String[] arguments) throws java.io.IOException {
    System.out.println("ready");
    System.exit(System.in.read() < 0 ? 5 : 6);
  }
}
