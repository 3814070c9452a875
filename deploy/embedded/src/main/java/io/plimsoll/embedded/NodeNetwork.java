// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of this machine's own making: one namespace for the head, with a bridge inside, and one
 * for each node, tied to the bridge by a pair of virtual cables. Nothing is added to the namespace
 * of the machine itself, and nothing is mounted: each namespace lives as long as a process in it,
 * the first of which is one that waits for the end of its standard input. When this JVM ends, in
 * whatever way, so do they.
 */
final class NodeNetwork implements AutoCloseable {
  private static final String HEAD_ADDRESS = "10.77.0.1";
  private static final String NODE_PREFIX = "10.77.0.";
  private static final int NODE_OFFSET = 10;
  private static final long TOOL_SECONDS = 20;
  private static final Path OWN_NAMESPACE = Path.of("/proc/self/ns/net");

  /** The head's first, then the nodes'. */
  private final List<Process> holders = new ArrayList<>();

  private NodeNetwork() {}

  static NodeNetwork start(int nodes) throws IOException {
    NodeNetwork network = new NodeNetwork();
    try {
      network.build(nodes);
      return network;
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** 0 is the head, nodes count from 1. */
  static String address(int number) {
    return number == 0 ? HEAD_ADDRESS : NODE_PREFIX + (NODE_OFFSET + number);
  }

  /** The words that run a command in the namespace of this number; the process keeps its id. */
  List<String> enter(int number) {
    // Not "ip netns exec": it mounts another /sys, in which a JVM finds no limits.
    return List.of("nsenter", "--net=/proc/" + holders.get(number).pid() + "/ns/net");
  }

  int size() {
    return holders.size();
  }

  private void build(int nodes) throws IOException {
    for (int number = 0; number <= nodes; number++) {
      hold();
      ip(number, "link set lo up");
    }
    ip(0, "link add br0 type bridge");
    ip(0, "addr add " + HEAD_ADDRESS + "/24 dev br0");
    ip(0, "link set br0 up");
    for (int number = 1; number <= nodes; number++) {
      String cable = "node" + number;
      long far = holders.get(number).pid();
      ip(0, "link add " + cable + " type veth peer name eth0 netns " + far);
      ip(0, "link set " + cable + " master br0");
      ip(0, "link set " + cable + " up");
      ip(number, "addr add " + address(number) + "/24 dev eth0");
      ip(number, "link set eth0 up");
    }
  }

  private void hold() throws IOException {
    Process holder =
        new ProcessBuilder("unshare", "--net", "cat")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    holders.add(holder);
    Path own = Files.readSymbolicLink(OWN_NAMESPACE);
    Path its = Path.of("/proc/" + holder.pid() + "/ns/net");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TOOL_SECONDS);
    while (true) {
      if (!holder.isAlive()) {
        throw new IOException("no network namespace can be made: " + said(holder));
      }
      boolean moved = !Files.readSymbolicLink(its).equals(own);
      if (moved && ProcFiles.commandLine(holder.pid()).equals("cat")) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("no network namespace within " + TOOL_SECONDS + " s");
      }
      rest();
    }
  }

  private void ip(int number, String words) throws IOException {
    List<String> command = new ArrayList<>(enter(number));
    command.add("ip");
    command.addAll(Arrays.asList(words.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("'ip " + words + "' did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in 'ip " + words + "'", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException("'ip " + words + "' said: " + said(process));
    }
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static void rest() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while namespaces were made", e);
    }
  }

  /** Lets the namespaces go; each vanishes with the last process in it. */
  @Override
  public void close() {
    holders.forEach(Process::destroyForcibly);
    for (Process holder : holders) {
      holder.onExit().orTimeout(TOOL_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
