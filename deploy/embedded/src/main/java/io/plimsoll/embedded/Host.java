// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a process of a cluster runs: this machine, or an emulated node of it.
 *
 * @param address what it binds to and is found at
 * @param launcher words before a command that put its process there; the process keeps its id
 * @param executorsJavaHome a Java home whose java puts executors into their own limits; null where
 *     nothing limits them
 */
record Host(String address, List<String> launcher, @Nullable Path executorsJavaHome) {
  Host {
    launcher = List.copyOf(launcher);
  }

  /** This machine's loopback, without limits. */
  static Host loopback() {
    return new Host(LoopbackPorts.HOST, List.of(), null);
  }

  /**
   * This machine again under an address of its own: on Linux all of 127.0.0.0/8 is loopback.
   *
   * @param number from 1 to 250
   */
  static Host loopback(int number) {
    if (number < 1 || number > 250) {
      throw new IllegalArgumentException("a host's number is 1 to 250: " + number);
    }
    return new Host("127.0.0." + (number + 1), List.of(), null);
  }

  List<String> launch(List<String> command) {
    List<String> launched = new ArrayList<>(launcher);
    launched.addAll(command);
    return launched;
  }
}
