// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.standalone.Plimsoll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real command line in a JVM of its own, as the script starts it. */
public final class Cli {
  /** Far longer than any command of these tests takes, on a machine that does much else. */
  private static final long LONGEST_MINUTES = 8;

  /** What a command left. */
  public record Result(int exit, String out, String err) {
    /** No line is wider than a report may be, and nothing in it is a stack trace. */
    public Result isReadable() {
      for (String line : out.lines().toList()) {
        assertThat(line.codePointCount(0, line.length())).as(line).isLessThanOrEqualTo(100);
        assertThat(line).doesNotContain("\u001b");
      }
      assertThat(out + err).doesNotContain("\tat ").doesNotContain("unexpected:");
      return this;
    }

    /** The report with every run of blanks as one: where its lines end is no matter. */
    public String words() {
      return out.replaceAll("\\s+", " ");
    }

    /** The command said one line of complaint and nothing else. */
    public String complaint() {
      assertThat(out).isEmpty();
      List<String> lines = err.lines().toList();
      assertThat(lines).hasSize(1);
      return lines.get(0);
    }
  }

  private Cli() {}

  /** Runs a command to its end. */
  public static Result run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    return run("", folder, arguments);
  }

  /**
   * Runs a command to its end.
   *
   * @param more class path behind our own, as PLIMSOLL_CLASSPATH has it
   */
  static Result run(String more, Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path") + more));
    command.add(Plimsoll.class.getName());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    Result result =
        new Result(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return result;
  }
}
