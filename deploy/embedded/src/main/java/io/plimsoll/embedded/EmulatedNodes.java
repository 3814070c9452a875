// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Nodes of a cluster, emulated on this machine: each has memory and CPU time that the kernel
 * enforces, and a network namespace of its own behind a bridge. A head beside them, without limits,
 * is for Master and drivers. Needs root on Linux; {@link #obstacle} says whether it can be had.
 *
 * <p>A node's memory is what all its processes may hold together, page cache included, which the
 * kernel takes back before it kills. An executor whose environment has {@link #EXECUTOR_LIMIT} is
 * limited to that many bytes inside its node. The kernel kills what grows beyond a limit: the exit
 * code is 137.
 *
 * <p>All that is made bears a name with this process's id and start time. Closing, also by the end
 * of this JVM, removes it; what a killed JVM left is removed at the next start.
 */
public final class EmulatedNodes implements AutoCloseable {
  /** Variable of an executor's environment: the bytes of its container. */
  public static final String EXECUTOR_LIMIT = "PLIMSOLL_CONTAINER_BYTES";

  private static final String PREFIX = "plimsoll-nodes-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-(\\d+)-(\\d+)-\\d+");
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final List<String> TOOLS = List.of("ip", "nsenter", "unshare");
  private static final List<String> TOOL_FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");
  private static final Spec PROBE = new Spec(1, 64L << 20, 1000);

  private final String run;
  private final Path folder;
  private final ControlGroups groups;
  private final List<LoopbackRelay> relays = new ArrayList<>();
  private final Thread exitHook = new Thread(this::end, "nodes-exit");
  private final NodeNetwork network;
  private boolean closed;

  /**
   * What nodes to emulate.
   *
   * @param nodes how many
   * @param memoryBytes of each
   * @param milliCores thousandths of a core that each may use at most
   */
  public record Spec(int nodes, long memoryBytes, int milliCores) {
    public Spec {
      if (nodes < 1 || nodes > 100) {
        throw new IllegalArgumentException("nodes is 1 to 100: " + nodes);
      }
      if (memoryBytes < 1L << 20 || milliCores < 10) {
        throw new IllegalArgumentException(
            "a node has at least 1 MiB and 10 milliCores: " + memoryBytes + ", " + milliCores);
      }
    }
  }

  private EmulatedNodes(String run, Path folder, ControlGroups groups, NodeNetwork network) {
    this.run = run;
    this.folder = folder;
    this.groups = groups;
    this.network = network;
  }

  /** Why this machine cannot emulate nodes, in one sentence; empty when it can. Tries it once. */
  public static Optional<String> obstacle() {
    if (!isRoot()) {
      return Optional.of("nodes are not emulated: this process is not root");
    }
    for (String tool : TOOLS) {
      if (TOOL_FOLDERS.stream().noneMatch(at -> Files.isExecutable(Path.of(at, tool)))) {
        return Optional.of(
            "nodes are not emulated: there is no '"
                + tool
                + "' on this machine (Debian: packages iproute2 and util-linux)");
      }
    }
    try {
      start(PROBE).close();
      return Optional.empty();
    } catch (EmbeddedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Removes what dead runs left, then makes the nodes.
   *
   * @throws EmbeddedException when this machine does not allow it; nothing is left then
   */
  public static EmulatedNodes start(Spec spec) {
    try {
      ControlGroups groups =
          ControlGroups.find()
              .orElseThrow(
                  () -> new IOException("no control groups for memory and CPU time are mounted"));
      removeDead(groups);
      return make(spec, groups);
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.NOT_STARTED, "nodes are not emulated: " + reason(e), e);
    }
  }

  private static EmulatedNodes make(Spec spec, ControlGroups groups) throws IOException {
    long pid = ProcessHandle.current().pid();
    String run =
        String.join(
            "-",
            PREFIX + pid,
            Long.toString(startTicks(pid)),
            pidNamespace(),
            Integer.toString(MADE.incrementAndGet()));
    Path folder =
        Files.createDirectory(
            temporary().resolve(run),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    NodeNetwork network = null;
    try {
      groups.make(run, spec.nodes(), spec.memoryBytes(), spec.milliCores());
      network = NodeNetwork.start(spec.nodes());
      EmulatedNodes nodes = new EmulatedNodes(run, folder, groups, network);
      Runtime.getRuntime().addShutdownHook(nodes.exitHook);
      return nodes;
    } catch (IOException | RuntimeException e) {
      if (network != null) {
        network.close();
      }
      groups.remove(run);
      remove(folder);
      throw e;
    }
  }

  /** Where Master, drivers and everything else runs that belongs to no node. */
  Host head() {
    return new Host(NodeNetwork.address(0), launcher(groups.headFiles(run), 0), null);
  }

  /**
   * Where the Worker of this number runs, and with it its executors.
   *
   * @param number from 1
   * @param javaHome the JDK of the executors
   */
  Host node(int number, Path javaHome) {
    try {
      Path home = folder.resolve("java-" + number);
      Path bin = Files.createDirectories(home.resolve("bin"));
      Path java = bin.resolve("java");
      Files.writeString(
          java,
          "#!/bin/sh\n"
              + groups.ownLimit(run, number, EXECUTOR_LIMIT)
              + "exec "
              + javaHome.toAbsolutePath().resolve("bin").resolve("java")
              + " \"$@\"\n");
      Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
      return new Host(
          NodeNetwork.address(number), launcher(groups.nodeFiles(run, number), number), home);
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.FOLDER_UNUSABLE, "cannot write in " + folder + ": " + e, e);
    }
  }

  /** Words that move a command's process into these groups and this namespace, keeping its id. */
  private List<String> launcher(List<Path> files, int number) {
    StringBuilder script = new StringBuilder(128);
    for (Path file : files) {
      script.append("echo $$ >").append(file).append(" || exit 71; ");
    }
    List<String> words = new ArrayList<>(List.of("sh", "-c", script + "exec \"$@\"", "node"));
    words.addAll(network.enter(number));
    return words;
  }

  /** Makes a port of this machine's 127.0.0.1 reachable at 127.0.0.1 on the head and each node. */
  public synchronized void expose(int port) {
    List<List<String>> launchers = new ArrayList<>();
    for (int number = 0; number < network.size(); number++) {
      launchers.add(launcher(groups.headFiles(run), number));
    }
    try {
      relays.add(LoopbackRelay.start(port, launchers, folder));
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.NOT_STARTED,
          "port " + port + " cannot be shown to the nodes: " + reason(e),
          e);
    }
  }

  /** How many processes the kernel has killed on the nodes for want of memory, so far. */
  public long outOfMemoryKills() {
    try {
      return groups.outOfMemoryKills(run);
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.REQUEST_FAILED, "cannot read the kernel's count: " + e, e);
    }
  }

  /** Ends all processes of head and nodes and removes what was made. Again does nothing. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      // The JVM is exiting: the hook runs anyway and finds nothing left to end.
      return;
    }
  }

  private synchronized void end() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      try {
        groups.remove(run);
      } finally {
        releaseNetwork();
        remove(folder);
      }
    } catch (IOException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.REQUEST_FAILED, "cannot remove " + run + ": " + reason(e), e);
    }
  }

  private void releaseNetwork() {
    try {
      relays.forEach(LoopbackRelay::close);
    } finally {
      network.close();
    }
  }

  private static void removeDead(ControlGroups groups) throws IOException {
    Set<String> names = new LinkedHashSet<>(groups.runs(PREFIX));
    try (Stream<Path> folders = Files.list(temporary())) {
      folders.map(path -> path.getFileName().toString()).forEach(names::add);
    }
    for (String name : names) {
      Matcher matcher = NAME.matcher(name);
      // The owner of another process namespace's groups cannot be seen from here.
      if (matcher.matches() && matcher.group(3).equals(pidNamespace())) {
        boolean alive =
            startTicks(Long.parseLong(matcher.group(1))) == Long.parseLong(matcher.group(2));
        if (!alive) {
          groups.remove(name);
          remove(temporary().resolve(name));
        }
      }
    }
  }

  /** When the process started, in ticks since boot; -1 when there is none of that id. */
  private static long startTicks(long pid) {
    return ProcReading.parse(ProcFiles.stat(pid), "")
        .filter(reading -> !reading.ended())
        .map(ProcReading::startTicks)
        .orElse(-1L);
  }

  /** The number of the namespace in which this process's id means something. */
  private static String pidNamespace() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "");
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static boolean isRoot() {
    return ProcFiles.status(ProcessHandle.current().pid())
        .lines()
        .anyMatch(line -> line.startsWith("Uid:") && line.split("\\s+")[2].equals("0"));
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.FileSystemException
        ? e.getClass().getSimpleName() + " " + e.getMessage()
        : String.valueOf(e.getMessage());
  }
}
