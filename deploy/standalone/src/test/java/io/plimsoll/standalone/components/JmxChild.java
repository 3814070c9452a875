// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.components;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own that can be read over plain JMX, until it is closed. */
public final class JmxChild implements AutoCloseable {
  /** A description of its beans, of a type that Plimsoll does not ship. */
  public static final String DESCRIPTION =
      """
      component: idle-jvm
      beans:
        - bean: java.lang:type=Memory
          metrics:
            - {metric: idle.heap, attribute: HeapMemoryUsage/used, unit: bytes, kind: gauge}
      """;

  private final Process process;
  private final int port;

  private JmxChild(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it can be asked. */
  public static JmxChild start() throws Exception {
    int port = freePort();
    Path classes =
        Path.of(JmxChild.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx32m",
                    "-Djava.rmi.server.hostname=127.0.0.1",
                    "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                    "-Dcom.sun.management.jmxremote.port=" + port,
                    "-Dcom.sun.management.jmxremote.rmi.port=" + port,
                    "-Dcom.sun.management.jmxremote.ssl=false",
                    "-Dcom.sun.management.jmxremote.authenticate=false",
                    "-cp",
                    classes.toString(),
                    JmxChild.class.getName()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // JMX listens before the main method begins.
    if (process.getInputStream().read() != 'r') {
      throw new IllegalStateException("the child did not start");
    }
    return new JmxChild(process, port);
  }

  /** A port that was free just now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public String address() {
    return address(port);
  }

  public static String address(int port) {
    return "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi";
  }

  /** Ends the JVM and returns when it is gone. */
  public void end() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    end();
  }

  /** The child. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("ready");
    System.exit(System.in.read() < 0 ? 5 : 6);
  }
}
