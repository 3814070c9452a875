// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Chromium without a window, one process for each look at a page. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Path binary;
  private final Path folder;
  private int looks;

  /**
   * What a look showed.
   *
   * @param dom the page's elements after its scripts ran
   * @param console what scripts, and the browser on their behalf, said on the console
   */
  record Look(String dom, List<String> console) {}

  private Chromium(Path binary, Path folder) {
    this.binary = binary;
    this.folder = folder;
  }

  /** Empty where no Chromium is installed; Debian: apt-get install chromium. */
  static Optional<Chromium> find(Path folder) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(File.pathSeparator))
        .flatMap(entry -> NAMES.stream().map(name -> Path.of(entry, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(binary -> new Chromium(binary, folder));
  }

  Look look(URI page, int width, int height) throws IOException, InterruptedException {
    Path dom = run(page, width, height, "--dump-dom");
    List<String> console;
    try (Stream<String> lines = Files.lines(dom.resolveSibling("stderr"))) {
      console = lines.filter(line -> line.contains(":CONSOLE")).toList();
    }
    return new Look(Files.readString(dom), console);
  }

  void screenshot(URI page, int width, int height, Path image, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--screenshot=" + image.toAbsolutePath());
    run(page, width, height, arguments.toArray(String[]::new));
  }

  private Path run(URI page, int width, int height, String... more)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("look-" + looks++));
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + home.resolve("profile").toAbsolutePath(),
                "--window-size=" + width + "," + height,
                "--virtual-time-budget=8000"));
    command.addAll(List.of(more));
    command.add(page.toString());
    Path out = home.resolve("stdout");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(home.resolve("stderr").toFile());
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("Chromium did not finish: " + Files.readString(home.resolve("stderr")));
    }
    if (process.exitValue() != 0) {
      throw new IOException("Chromium failed: " + Files.readString(home.resolve("stderr")));
    }
    return out;
  }
}
