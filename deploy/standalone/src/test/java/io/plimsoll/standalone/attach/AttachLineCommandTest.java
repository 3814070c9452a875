// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.standalone.stack.ProblemException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AttachLineCommandTest {
  private final StringWriter text = new StringWriter();

  private int run(String... args) {
    CommandLine line = new CommandLine(new AttachLineCommand());
    line.setOut(new PrintWriter(text));
    line.setErr(new PrintWriter(text));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          throw problem;
        });
    return line.execute(args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone", "yarn", "k8s"})
  void eachManager_namesJarBrokerAndBothRoles(String manager) {
    assertThat(run("--for", manager, "--kafka", "k1:9092,k2:9092", "--cluster", "prod")).isZero();

    assertThat(text.toString())
        .contains("plimsoll-agent.jar=kafka=k1:9092;k2:9092,cluster=prod")
        .contains("spark.executor.extraJavaOptions")
        .contains("driver")
        .contains("take it off again");
  }

  @Test
  void aPluginNeedsNoJvmOption() {
    assertThat(run("--for", "plugin", "--cluster", "prod")).isZero();

    assertThat(text.toString())
        .contains("spark.plugins=io.plimsoll.agent.plugin.PlimsollPlugin")
        .contains("spark.plimsoll.options=kafka=localhost:9092,cluster=prod")
        .contains("take it off again")
        .doesNotContain("-javaagent");
  }

  @Test
  void flinkTakesOneLineOfItsConfiguration() {
    assertThat(run("--for", "flink", "--jar", "/opt/p.jar")).isZero();

    assertThat(text.toString())
        .contains(
            "env.java.opts.jobmanager: \"-javaagent:/opt/p.jar=kafka=localhost:9092,cluster=default\"",
            "env.java.opts.taskmanager: \"-javaagent:/opt/p.jar=")
        .contains("take it off again")
        .doesNotContain("spark");
  }

  @Test
  void unknownManager_isRefusedWithTheKnownOnes() {
    assertThat(run("--for", "mesos")).isEqualTo(2);
    assertThat(text.toString()).contains("standalone", "yarn", "k8s");
  }

  @Test
  void blankInThePath_isRefused() {
    Assertions.assertThat(catchThrown("--for", "yarn", "--jar", "/my jars/a.jar"))
        .contains("'/my jars/a.jar' holds a blank");
  }

  private String catchThrown(String... args) {
    CommandLine line = new CommandLine(new AttachLineCommand());
    StringWriter problem = new StringWriter();
    line.setExecutionExceptionHandler(
        (thrown, command, parsed) -> {
          assertThat(thrown).isInstanceOf(ProblemException.class);
          problem.write(String.valueOf(thrown.getMessage()));
          return 2;
        });
    assertThat(line.execute(args)).isEqualTo(2);
    return problem.toString();
  }
}
