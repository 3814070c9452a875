// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The end of a relay inside a network namespace: listens on a port of the loopback there and hands
 * each connection to a Unix socket, which is a file and so is seen from every namespace. Says one
 * line when it listens, and ends when its standard input does.
 */
final class RelayMain {
  static final String READY = "ready";

  private RelayMain() {}

  /** Arguments: the port, the path of the Unix socket. */
  public static void main(String[] args) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(
        new InetSocketAddress(
            InetAddress.getByName(LoopbackPorts.HOST), Integer.parseInt(args[0])));
    Thread thread =
        new Thread(() -> serve(server, UnixDomainSocketAddress.of(args[1])), "relay-accept");
    thread.setDaemon(true);
    thread.start();
    System.out.write((READY + "\n").getBytes(StandardCharsets.US_ASCII));
    System.out.flush();
    while (System.in.read() >= 0) {
      // Nothing is said here; the end is what counts.
    }
  }

  private static void serve(ServerSocketChannel server, UnixDomainSocketAddress far) {
    while (server.isOpen()) {
      try {
        SocketChannel near = server.accept();
        try {
          Pump.join(near, SocketChannel.open(far));
        } catch (IOException e) {
          // As if nobody listened: the caller sees its connection closed and may try again.
          Pump.close(near);
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("cannot accept: " + e.getMessage(), e);
      }
    }
  }
}
