// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/** Runs {@link ChildMain} in a JVM of its own, with or without the shaded agent. */
final class Child {
  private static final long LONGEST_SECONDS = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Path agentJar() {
    Path jar = Path.of(System.getProperty("plimsoll.agent.jar", "target/plimsoll-agent.jar"));
    Assertions.assertThat(jar).as("the shaded jar; run the package phase first").exists();
    return jar.toAbsolutePath();
  }

  /** Sinks that are well get all the time that a loaded machine may take. */
  static String agent(String options) {
    String patient = options.startsWith("file=") ? options + ",farewell=30s" : options;
    return "-javaagent:" + agentJar() + (options.isEmpty() ? "" : "=" + patient);
  }

  static Child run(Path folder, long millis, String... jvmOptions) {
    return start(java(), folder, List.of("" + millis), jvmOptions).await();
  }

  /** Lets the child work until {@code reached}; however slow the machine, it sees the same. */
  static Child runUntil(Path folder, Callable<Boolean> reached, String... jvmOptions) {
    return runUntil(java(), folder, reached, jvmOptions);
  }

  /** The first argument is the folder of the JDK or JRE that runs the child. */
  static Child runUntil(
      Path javaHome, Path folder, Callable<Boolean> reached, String... jvmOptions) {
    Path stop = folder.resolve("stop");
    List<String> arguments = List.of("" + LONGEST_SECONDS * 1_000, stop.toString());
    Child child = start(javaHome, folder, arguments, jvmOptions);
    try {
      Awaitility.await().atMost(Duration.ofSeconds(LONGEST_SECONDS)).until(reached);
      Files.createFile(stop);
      child.await();
      Files.delete(stop);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      child.process.destroyForcibly();
    }
  }

  /** Kills the child, as SIGKILL does, once {@code reached}. */
  static void killWhen(Path folder, Callable<Boolean> reached, String... jvmOptions) {
    Child child = start(java(), folder, List.of("" + LONGEST_SECONDS * 1_000), jvmOptions);
    try {
      Awaitility.await().atMost(Duration.ofSeconds(LONGEST_SECONDS)).until(reached);
    } finally {
      child.process.destroyForcibly();
    }
    child.await();
    Assertions.assertThat(child.exitCode()).isEqualTo(128 + 9);
  }

  /** Whether any child of this folder has said this on its standard error. */
  static boolean said(Path folder, String text) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      for (Path err : files.filter(f -> f.getFileName().toString().startsWith("err")).toList()) {
        if (Files.readString(err).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"));
  }

  private static Child start(
      Path javaHome, Path folder, List<String> arguments, String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"));
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", testClasses(), ChildMain.class.getName()));
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile(folder, "out", ".txt");
      Path err = Files.createTempFile(folder, "err", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      return new Child(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Child await() {
    try {
      boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Assertions.assertThat(ended).as("the child ended by itself").isTrue();
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int exitCode() {
    return process.exitValue();
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String testClasses() {
    try {
      return Path.of(ChildMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
