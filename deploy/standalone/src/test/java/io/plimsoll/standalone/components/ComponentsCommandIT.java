// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.engines.targets.TargetSource;
import io.plimsoll.engines.targets.TargetsFile;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A JVM that is read over JMX, beside one that is not there. */
class ComponentsCommandIT {
  @TempDir private Path folder;
  private Path targets;
  private Path description;
  private final StringWriter text = new StringWriter();

  @BeforeEach
  void writeFiles() throws Exception {
    System.setProperty("plimsoll.home", folder.toString());
    targets = folder.resolve("components.yaml");
    description = Files.writeString(folder.resolve("idle.yaml"), JmxChild.DESCRIPTION);
  }

  @AfterEach
  void forgetTheHome() {
    System.clearProperty("plimsoll.home");
  }

  private void targets(String address) throws Exception {
    Files.writeString(
        targets,
        "timeout: 60s\ntargets:\n"
            + "  - {name: dead, kind: yarn-rest, address: 'http://127.0.0.1:"
            + JmxChild.freePort()
            + "'}\n  - {name: idle, kind: idle-jvm, address: '"
            + address
            + "'}\n");
  }

  @Test
  void whatAnswersStandsInTheTable_andWhatDoesNotIsNamed() throws Exception {
    try (JmxChild child = JmxChild.start()) {
      targets(child.address());

      assertThat(run("--once")).isEqualTo(1);

      assertThat(text.toString())
          .containsPattern("component +metric +value +unit +age\n")
          .containsPattern("idle +idle\\.heap +[1-9][0-9]{5,} +bytes +[0-9.]+ s\n")
          .containsPattern("dead: http://127\\.0\\.0\\.1:\\d+\\S* cannot be reached: .+\n");
    }
  }

  @Test
  void aTargetThatGoes_keepsItsLastValueWithItsAge() throws Exception {
    try (JmxChild child = JmxChild.start()) {
      targets(child.address());
      List<TargetSource> sources = TargetsFile.read(targets, List.of(description)).open();
      try (Rounds rounds = new Rounds(sources.subList(1, 2), Clock.systemUTC())) {
        Rounds.Seen first = rounds.next().get(0);
        child.end();
        Rounds.Seen second = rounds.next().get(0);

        assertThat(first.complaint()).isNull();
        assertThat(second.complaint()).contains("cannot be reached");
        assertThat(second.reading()).isEqualTo(first.reading()).isNotNull();
        ComponentTable.print(new PrintWriter(text), List.of(second), second.readMillis() + 7_000);
        assertThat(text.toString()).containsPattern("idle\\.heap.+ 7\\.0 s\nidle: service:jmx.+\n");
      }
    }
  }

  @Test
  void checkAsksNobody_andNamesFilesThatCannotBeUsed() throws Exception {
    targets(JmxChild.address(JmxChild.freePort()));
    assertThat(run("--check")).isZero();
    assertThat(text.toString()).isEqualTo(targets + ": 2 of 2 targets can be asked\n");

    Files.writeString(
        targets,
        Files.readString(targets).replace("kind: yarn-rest", "login: no.login, kind: yarn-rest"));
    assertThat(run("--check")).isEqualTo(1);
    assertThat(text.toString())
        .endsWith(
            "dead: cannot read password file "
                + folder.resolve("no.login")
                + "\n"
                + targets
                + ": 1 of 2 targets can be asked\n");
  }

  @Test
  void aFileThatCannotBeUsed_isOneLine() throws Exception {
    assertThatThrownBy(() -> run("--once"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            targets
                + " is not there; --targets names a file of targets, docs/components.md shows one");
    targets("http://127.0.0.1:1");
    assertThatThrownBy(() -> run("--once"))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith(targets + ":4: 'http://127.0.0.1:1' does not tell how to read it");
  }

  @Test
  void aWatchThatIsInterrupted_ends() throws Exception {
    targets(JmxChild.address(JmxChild.freePort()));
    Thread watch = new Thread(() -> command().execute(line("--watch")));
    watch.start();
    watch.interrupt();

    watch.join(Duration.ofSeconds(120).toMillis());
    assertThat(watch.isAlive()).isFalse();
  }

  private String[] line(String mode) {
    return new String[] {"--targets", targets.toString(), "--file", description.toString(), mode};
  }

  private CommandLine command() {
    CommandLine command = new CommandLine(new ComponentsCommand());
    command.setOut(new PrintWriter(text));
    return command;
  }

  private int run(String mode) throws Exception {
    List<Exception> problems = new ArrayList<>();
    CommandLine command = command();
    command.setExecutionExceptionHandler(
        (problem, ignored, parsed) -> {
          problems.add(problem);
          return 2;
        });
    int exit = command.execute(line(mode));
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
    return exit;
  }
}
