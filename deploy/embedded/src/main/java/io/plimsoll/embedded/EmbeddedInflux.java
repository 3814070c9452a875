// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import io.plimsoll.embedded.EmbeddedException.Reason;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine's own InfluxDB 1.x (Debian's package {@code influxdb}) as a child process on loopback
 * with a data folder of its own. It can be ended and started again on the same port and data, and
 * be made to hang.
 */
public final class EmbeddedInflux implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(30);
  private static final List<Path> BINARIES =
      List.of(Path.of("/usr/bin/influxd"), Path.of("/usr/local/bin/influxd"));

  private final Path folder;
  private final Map<String, String> settings;
  private final int port = LoopbackPorts.free();
  private final int backupPort = LoopbackPorts.free(java.util.Set.of(port));
  private ChildProcess server;

  private EmbeddedInflux(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = settings;
    this.server = launch();
  }

  /** Why there can be none on this machine; empty when there can. */
  public static Optional<String> obstacle() {
    return binary().isPresent()
        ? Optional.empty()
        : Optional.of("no influxd on this machine: apt-get install influxdb");
  }

  /** Starts a server with its usual settings; it answers when this returns. */
  public static EmbeddedInflux start(Path folder) {
    return start(folder, Map.of());
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @param folder for data, configuration and log; made when missing
   * @param settings environment variables as influxd reads them, say {@code
   *     INFLUXDB_DATA_MAX_SERIES_PER_DATABASE}
   */
  public static EmbeddedInflux start(Path folder, Map<String, String> settings) {
    EmbeddedInflux influx = new EmbeddedInflux(folder, Map.copyOf(settings));
    influx.awaitAnswer();
    return influx;
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://" + LoopbackPorts.HOST + ":" + port;
  }

  /** Of the server's process. */
  public long pid() {
    return server.process().pid();
  }

  /** Resident memory of the server now, bytes; -1 where the kernel does not tell it. */
  public long rssBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(-1L);
    } catch (IOException e) {
      return -1;
    }
  }

  /** Ends the server; its data stays. */
  public void stop() {
    ChildProcess.endAll(List.of(server), Duration.ofSeconds(10));
  }

  /** Kills the server as the kernel would. */
  public void kill() {
    server.process().destroyForcibly();
    try {
      server.process().waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again on its port and data. */
  public void restart() {
    server = launch();
    awaitAnswer();
  }

  /** Lets the server stand still without ending its connections, or go on. */
  public void hang(boolean still) {
    try {
      int status =
          new ProcessBuilder("kill", still ? "-STOP" : "-CONT", Long.toString(pid()))
              .start()
              .waitFor();
      if (status != 0) {
        throw new EmbeddedException(Reason.REQUEST_FAILED, "kill answered " + status);
      }
    } catch (IOException e) {
      throw new EmbeddedException(Reason.REQUEST_FAILED, "no kill on this machine", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the server. A second call does nothing. */
  @Override
  public void close() {
    if (server.process().isAlive()) {
      hang(false);
    }
    stop();
  }

  private static Optional<Path> binary() {
    return BINARIES.stream().filter(Files::isExecutable).findFirst();
  }

  private ChildProcess launch() {
    Path binary =
        binary()
            .orElseThrow(
                () -> new EmbeddedException(Reason.HOME_INCOMPLETE, obstacle().orElse("")));
    try {
      Path configuration = Files.createDirectories(folder).resolve("influxdb.conf");
      Files.writeString(configuration, configuration());
      return ChildProcess.start(
          "influxd",
          folder,
          List.of(binary.toString(), "-config", configuration.toString()),
          variables -> variables.putAll(settings));
    } catch (IOException e) {
      throw new EmbeddedException(
          Reason.FOLDER_UNUSABLE, folder + " cannot be written: " + e.getMessage(), e);
    }
  }

  private String configuration() {
    return String.join(
        "\n",
        "reporting-disabled = true",
        "bind-address = \"" + LoopbackPorts.HOST + ":" + backupPort + "\"",
        "[meta]",
        "  dir = \"" + folder.resolve("meta") + "\"",
        "[data]",
        "  dir = \"" + folder.resolve("data") + "\"",
        "  wal-dir = \"" + folder.resolve("wal") + "\"",
        "[http]",
        "  bind-address = \"" + LoopbackPorts.HOST + ":" + port + "\"",
        "  log-enabled = false",
        "[monitor]",
        "  store-enabled = false",
        "");
  }

  private void awaitAnswer() {
    long deadlineNanos = System.nanoTime() + READY.toNanos();
    while (!answers()) {
      if (!server.process().isAlive() || System.nanoTime() > deadlineNanos) {
        close();
        throw new EmbeddedException(
            Reason.NOT_STARTED, "influxd did not start; its log is " + server.stderr());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
        throw new EmbeddedException(Reason.NOT_STARTED, "interrupted while influxd started", e);
      }
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection ping =
          (HttpURLConnection) URI.create(url() + "/ping").toURL().openConnection();
      ping.setConnectTimeout(1_000);
      ping.setReadTimeout(1_000);
      try {
        return ping.getResponseCode() == 204;
      } finally {
        ping.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
