// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a free local port that says one thing to whoever connects and hangs on. */
public final class Responder implements AutoCloseable {
  private final ServerSocket server;
  private final byte[] answer;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  private Responder(byte[] answer) throws IOException {
    this.answer = answer;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "responder");
    thread.setDaemon(true);
    thread.start();
  }

  public static Responder answering(String text) throws IOException {
    return new Responder(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public static Responder answering(byte[] bytes) throws IOException {
    return new Responder(bytes);
  }

  public int port() {
    return server.getLocalPort();
  }

  public int connections() {
    return accepted.size();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.add(socket);
        socket.getOutputStream().write(answer);
        socket.getOutputStream().flush();
      } catch (IOException closed) {
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }
}
