// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import io.plimsoll.bench.child.Mark;
import io.plimsoll.bench.child.Nothing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** What all arms share: the agents' jars, the broker. */
public final class Range implements AutoCloseable {
  private final Path agentJar;
  private final Path peers;
  private final Path folder;
  private final Path emptyJar;
  private final Path markJar;
  private final Path exporterRules;
  private @Nullable Broker broker;

  /**
   * Prepares the arms.
   *
   * @param agentJar the shaded agent
   * @param peers the folder with the jars of others
   * @param folder where the empty agent, the rules and the broker's data go
   * @throws IOException when the folder cannot be written
   */
  public Range(Path agentJar, Path peers, Path folder) throws IOException {
    this.agentJar = agentJar;
    this.peers = peers;
    this.folder = folder;
    Files.createDirectories(folder);
    emptyJar = agent(Nothing.class, folder.resolve("empty-agent.jar"));
    markJar = agent(Mark.class, folder.resolve("mark-agent.jar"));
    exporterRules = folder.resolve("jmx-exporter.yaml");
    // The JVM's own metrics are built in; this adds CPU, files and memory of the process.
    Files.writeString(
        exporterRules,
        "includeObjectNames:\n  - \"java.lang:type=OperatingSystem\"\nrules:\n  - pattern: \".*\"\n");
  }

  /**
   * Opens one run of an arm in a folder of its own.
   *
   * @throws IOException when the folder cannot be written
   */
  public Stand open(Arm arm, Path runFolder) throws IOException {
    return new Stand(arm, this, runFolder);
  }

  /** The option of an agent that prints this name and the time when the JVM calls it. */
  public String mark(String name) {
    return "-javaagent:" + markJar + "=" + name;
  }

  Path agentJar() {
    return agentJar;
  }

  Path emptyJar() {
    return emptyJar;
  }

  Path exporterRules() {
    return exporterRules;
  }

  Path peer(String jar) {
    Path file = peers.resolve(jar);
    if (!Files.exists(file)) {
      throw new UncheckedIOException(
          new IOException(file + " is missing; mvn -pl bench -am package fetches it"));
    }
    return file;
  }

  Broker broker() {
    Broker running = broker;
    if (running == null) {
      running = new Broker(folder.resolve("kafka"));
      broker = running;
    }
    return running;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    Broker running = broker;
    if (running != null) {
      running.close();
    }
  }

  private static Path agent(Class<?> type, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", type.getName());
    String name = type.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream code = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      if (code == null) {
        throw new IOException(name + " is not on the class path");
      }
      entries.putNextEntry(new JarEntry(name));
      code.transferTo(entries);
      entries.closeEntry();
    }
    return jar;
  }
}
