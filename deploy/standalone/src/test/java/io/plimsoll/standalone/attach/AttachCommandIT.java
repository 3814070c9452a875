// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AttachCommandIT {
  private static final Path ROOT = Path.of(System.getProperty("plimsoll.root", "../.."));

  @TempDir Path folder;

  private final StringWriter text = new StringWriter();
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endChildren() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aRunningJvmIsWatchedFromNowOnAndOnlyOnce() throws Exception {
    Process child = jvm();
    Path recording = folder.resolve("a.rec");
    attach(child.pid(), "--options", "file=" + recording + ",interval=200ms,last=off,farewell=30s");
    assertThat(text.toString()).startsWith("attached to " + child.pid() + ": file=");
    await().atMost(Duration.ofSeconds(60)).until(() -> kinds(recording).size() > 0);

    assertThatThrownBy(() -> attach(child.pid(), "--options", "file=" + folder.resolve("b.rec")))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "the agent is at work in "
                + child.pid()
                + " already: nothing was done; its options stay until that JVM ends");
    assertThat(folder.resolve("b.rec")).doesNotExist();

    child.getOutputStream().close();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(5);
    assertThat(kinds(recording)).startsWith(EventKind.JVM_STARTED).contains(EventKind.JVM_ENDING);
  }

  @Test
  void whatCannotBeAttachedToIsOneLineAndLivesOn() throws Exception {
    assertProblem(999_999_999L, "there is no process 999999999 on this machine: jps lists JVMs");
    assertProblem(-4, "there is no process -4 on this machine: jps lists JVMs");

    Process plain = new ProcessBuilder("sleep", "60").start();
    started.add(plain);
    assertProblem(plain.pid(), "process " + plain.pid() + " is not a JVM: jps lists JVMs");
    assertThat(plain.isAlive()).isTrue();

    Process closed = jvm("-XX:+DisableAttachMechanism");
    assertProblem(
        closed.pid(),
        "the JVM "
            + closed.pid()
            + " was started with -XX:+DisableAttachMechanism; start it with -javaagent instead,"
            + " ./plimsoll attach-line prints the line");
    assertThat(closed.isAlive()).isTrue();
  }

  @Test
  void anOptionThatTheAgentRefusesIsSaidAndTheJobRunsOn() throws Exception {
    Process child = jvm();
    assertThatThrownBy(() -> attach(child.pid(), "--options", "file=x,intervall=1s"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "the agent stays idle in "
                + child.pid()
                + ": the standard error of that process says why, in one line");
    assertThatThrownBy(() -> attach(child.pid()))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("where to send to is missing: give --kafka HOST:PORT");
    assertThat(child.isAlive()).isTrue();
  }

  private void assertProblem(long pid, String message) {
    assertThatThrownBy(() -> attach(pid, "--kafka", "localhost:9092"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(message);
  }

  private void attach(long pid, String... options) throws Exception {
    Path jar = ROOT.resolve("collectors/agent/target/plimsoll-agent.jar");
    List<String> line = new ArrayList<>(List.of(options));
    line.addAll(List.of("--jar", jar.toString(), "--", Long.toString(pid)));
    CommandLine command = new CommandLine(new AttachCommand());
    command.setOut(new PrintWriter(text));
    List<Exception> problems = new ArrayList<>();
    command.setExecutionExceptionHandler(
        (problem, ignored, parsed) -> {
          problems.add(problem);
          return 2;
        });
    int exit = command.execute(line.toArray(new String[0]));
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
    assertThat(exit).isZero();
  }

  private Process jvm(String... options) throws IOException {
    Path classes;
    try {
      classes = Path.of(Idle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx32m", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classes.toString(), Idle.class.getName()));
    Process child =
        new ProcessBuilder(command).redirectError(folder.resolve("err.txt").toFile()).start();
    started.add(child);
    assertThat(child.getInputStream().read()).isEqualTo('r');
    return child;
  }

  private static List<EventKind> kinds(Path recording) throws IOException {
    List<EventKind> kinds = new ArrayList<>();
    if (Files.exists(recording)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(recording))) {
        EnvelopeRecording.read(in, e -> e.events().forEach(event -> kinds.add(event.kind())));
      } catch (WireException notYet) {
        assertThat(notYet).isNotNull();
      }
    }
    return kinds;
  }
}
