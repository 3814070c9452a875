// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries bytes between two connections until both sides have said all. */
final class Pump {
  private static final int BUFFER_BYTES = 64 << 10;

  private Pump() {}

  /** Starts two daemon threads, which close both connections at the end. */
  static void join(SocketChannel one, SocketChannel other) {
    AtomicInteger open = new AtomicInteger(2);
    start(one, other, open);
    start(other, one, open);
  }

  private static void start(SocketChannel from, SocketChannel to, AtomicInteger open) {
    Thread thread = new Thread(() -> carry(from, to, open), "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void carry(SocketChannel from, SocketChannel to, AtomicInteger open) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
      if (open.decrementAndGet() > 0) {
        return;
      }
    } catch (IOException e) {
      // One side is gone: the other learns it by the close below.
      open.set(0);
    }
    close(from);
    close(to);
  }

  static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a connection: " + e.getMessage(), e);
    }
  }
}
