// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs for the nodes: one takes memory, one writes a file, one makes nodes and waits. */
final class Hungry {
  private static final int MIB = 1 << 20;

  private Hungry() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "memory" -> takeMemory(Integer.parseInt(args[1]));
      case "file" -> writeAndRead(Path.of(args[1]), Integer.parseInt(args[2]));
      case "nodes" -> makeNodesAndWait();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void takeMemory(int mebibytes) {
    List<byte[]> held = new ArrayList<>();
    for (int i = 0; i < mebibytes; i++) {
      byte[] touched = new byte[MIB];
      java.util.Arrays.fill(touched, (byte) i);
      held.add(touched);
    }
    System.out.println("held " + held.size() + " MiB");
  }

  private static void writeAndRead(Path file, int mebibytes) throws Exception {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < mebibytes; i++) {
        out.write(new byte[MIB]);
      }
    }
    try (java.io.InputStream in = Files.newInputStream(file)) {
      System.out.println("read " + in.transferTo(OutputStream.nullOutputStream()) / MIB + " MiB");
    } finally {
      Files.delete(file);
    }
  }

  /** Says the id of a process that it started on the node. */
  private static void makeNodesAndWait() throws Exception {
    EmulatedNodes nodes = EmulatedNodes.start(new EmulatedNodes.Spec(1, 64L << 20, 500));
    Path javaHome = Path.of(System.getProperty("java.home"));
    Process process =
        new ProcessBuilder(nodes.node(1, javaHome).launch(List.of("sleep", "600"))).start();
    System.out.println(process.pid());
    System.out.flush();
    process.waitFor();
  }
}
