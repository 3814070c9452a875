// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** An HTTP server on 127.0.0.1 that takes what agents push, answers 200 and keeps the bodies. */
final class Intake implements AutoCloseable {
  private static final long MOST_BYTES = 64L << 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4, Intake::daemon);
  private final List<byte[]> bodies = new ArrayList<>();
  private long bytes;

  Intake() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** What came since the last call, gzip undone; empties the store. */
  synchronized List<byte[]> taken() {
    List<byte[]> all = List.copyOf(bodies);
    bodies.clear();
    bytes = 0;
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (body.length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b) {
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
          body = plain.readAllBytes();
        }
      }
      keep(body);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private synchronized void keep(byte[] body) {
    if (bytes + body.length <= MOST_BYTES) {
      bytes += body.length;
      bodies.add(body);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "bench-intake");
    thread.setDaemon(true);
    return thread;
  }
}
