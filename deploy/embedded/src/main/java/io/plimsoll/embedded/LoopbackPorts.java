// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;

/** Free TCP ports of 127.0.0.1. A port is only known to be free at the moment of asking. */
final class LoopbackPorts {
  static final String HOST = "127.0.0.1";

  private LoopbackPorts() {}

  /** A port that nobody listened on just now. */
  static int free() {
    return free(Set.of());
  }

  /**
   * A port that nobody listened on just now.
   *
   * @param promised ports that others will take soon, and that it therefore may not be
   */
  static int free(Set<Integer> promised) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), 0));
      int port = socket.getLocalPort();
      // This one is held while another is asked for, so that it cannot come again.
      return promised.contains(port) ? free(promised) : port;
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.PORT_TAKEN,
          "no free port on " + HOST + ": " + e.getMessage(),
          e);
    }
  }

  /** True when a server may bind the port now. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
