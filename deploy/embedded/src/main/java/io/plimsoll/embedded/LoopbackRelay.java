// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes a port of this machine's loopback reachable at the same port of the loopback in other
 * network namespaces: one small process listens in each and passes bytes through a Unix socket.
 */
final class LoopbackRelay implements AutoCloseable {
  private static final long READY_SECONDS = 30;

  private final int port;
  private final Path socket;
  private final ServerSocketChannel server;
  private final List<Process> ends = new ArrayList<>();

  private LoopbackRelay(int port, Path socket, ServerSocketChannel server) {
    this.port = port;
    this.socket = socket;
    this.server = server;
  }

  /**
   * Starts the relay; it serves when this returns.
   *
   * @param launchers one for each namespace: words that run a command there
   * @param folder for the socket; its path must be short
   */
  static LoopbackRelay start(int port, List<List<String>> launchers, Path folder)
      throws IOException {
    Path socket = folder.resolve("port-" + port);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    LoopbackRelay relay = new LoopbackRelay(port, socket, server);
    Thread thread = new Thread(relay::serve, "relay-" + port);
    thread.setDaemon(true);
    thread.start();
    try {
      for (List<String> launcher : launchers) {
        relay.startEnd(launcher, folder);
      }
      return relay;
    } catch (IOException | RuntimeException e) {
      relay.close();
      throw e;
    }
  }

  private void startEnd(List<String> launcher, Path folder) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", ownClasses()));
    command.addAll(List.of(RelayMain.class.getName(), Integer.toString(port), socket.toString()));
    Path errors = folder.resolve("port-" + port + "-" + ends.size() + ".err");
    Process end = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    ends.add(end);
    awaitReady(end, errors);
  }

  private static void awaitReady(Process end, Path errors) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(end.getInputStream(), StandardCharsets.US_ASCII));
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return String.valueOf(said.readLine());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      if (line.get(READY_SECONDS, TimeUnit.SECONDS).equals(RelayMain.READY)) {
        return;
      }
      throw new IOException("a relay did not start: " + Files.readString(errors).strip());
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a relay did not start: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a relay started", e);
    }
  }

  private static String ownClasses() {
    try {
      return Path.of(RelayMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of our own classes is no path", e);
    }
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel near = server.accept();
        try {
          Pump.join(near, SocketChannel.open(target()));
        } catch (IOException e) {
          // Nobody listens there now: the caller sees its connection closed and may try again.
          Pump.close(near);
        }
      }
    } catch (ClosedChannelException e) {
      // Closed: no more connections are wanted.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("the relay of port " + port + " ended", e);
    }
  }

  private InetSocketAddress target() throws IOException {
    return new InetSocketAddress(InetAddress.getByName(LoopbackPorts.HOST), port);
  }

  @Override
  public void close() {
    ends.forEach(Process::destroyForcibly);
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the relay of port " + port, e);
    }
  }
}
