// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentOptionsTest {
  @Test
  void allOptionsAreRead() throws OptionException {
    AgentOptions options =
        AgentOptions.parse("kafka=a:9092;b:9093,file=/tmp/x.rec,cluster=blue,interval=500ms");
    assertThat(options.kafka()).isEqualTo("a:9092,b:9093");
    assertThat(options.file()).isEqualTo("/tmp/x.rec");
    assertThat(options.cluster()).isEqualTo("blue");
    assertThat(options.intervalMillis()).isEqualTo(500);
    assertThat(options.producerProperties()).isEmpty();
  }

  @Test
  void withoutMoreTheIntervalIsASecondAndTheClusterHasAName() throws OptionException {
    AgentOptions options = AgentOptions.parse("kafka=localhost:9092");
    assertThat(options.cluster()).isEqualTo("default");
    assertThat(options.intervalMillis()).isEqualTo(1000);
    assertThat(options.file()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafak=x:1|unknown agent option 'kafak' (did you mean 'kafka'?)",
        "kafka=x:1,intervall=1s|unknown agent option 'intervall' (did you mean 'interval'?)",
        "kafka=x:1,Cluster=b|unknown agent option 'Cluster' (did you mean 'cluster'?)",
        "kafka=x:1,interval=fast|agent option interval=fast is not a duration such as 1s or 500ms",
        "kafka=x:1,interval=1|agent option interval=1 is not a duration such as 1s or 500ms",
        "kafka=x:1,interval=-1s|agent option interval=-1s is not a duration such as 1s or 500ms",
        "kafka=x:1,interval=1ms|agent option interval=1ms is not between 100ms and 60m",
        "kafka=x:1,interval=2000m|agent option interval=2000m is not between 100ms and 60m",
        "kafka=x|agent option kafka=x is not host:port[;host:port]",
        "kafka=x:99999|agent option kafka=x:99999 is not host:port[;host:port]",
        "kafka=a:1;:2|agent option kafka=:2 is not host:port[;host:port]",
        "kafka=|agent option kafka= has no value",
        "cluster=x|neither kafka= nor file= is given",
        "kafka=x:1,properties=/no/such|agent option properties=/no/such is not a readable"
            + " properties file"
      })
  void aWrongOptionIsNamedWithTheWayOut(String line, String message) {
    assertThatThrownBy(() -> AgentOptions.parse(line))
        .isInstanceOf(OptionException.class)
        .hasMessage(message + "; the agent stays idle, the job runs");
  }

  @Test
  void noOptionAtAllIsSaid() {
    assertThatThrownBy(() -> AgentOptions.parse(null))
        .hasMessage("neither kafka= nor file= is given; the agent stays idle, the job runs");
  }
}
