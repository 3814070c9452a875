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
        "kafka=x:1,farewell=soon|agent option farewell=soon is not a duration such as 1s or 500ms",
        "kafka=x|agent option kafka=x is not host:port[;host:port]",
        "kafka=x:99999|agent option kafka=x:99999 is not host:port[;host:port]",
        "kafka=a:1;:2|agent option kafka=:2 is not host:port[;host:port]",
        "kafka=x:1,sasl.jaas.config=x|agent option 'sasl.jaas.config' belongs into a file that"
            + " properties= names: every user of the machine can read options",
        "http=http://h:1,password=x|agent option 'password' is refused: every user of the machine"
            + " can read options; secrets go into files that properties= or token-file= name",
        "http=http://h:1,token=abc|agent option 'token' is refused: every user of the machine can"
            + " read options; secrets go into files that properties= or token-file= name",
        "http=h:8080|agent option http=h:8080 is not an address such as http://host:8080",
        "http=ftp://h|agent option http=ftp://h is not an address such as http://host:8080",
        "http=http://me:pw@h:1|agent option http= carries a user and password, which every user of"
            + " the machine can read; put a token into a file that token-file= names",
        "http=http://h:1,token-file=/no/such|agent option token-file=/no/such is not a readable file",
        "file=x,file-max=64q|agent option file-max=64q is not a size such as 64m",
        "file=x,file-max=1|agent option file-max=1 is not between 64k and 1024g",
        "file=x,file-keep=0|agent option file-keep=0 is not a number from 1 to 100",
        "file=x,file-keep=many|agent option file-keep=many is not a number from 1 to 100",
        "file=x,budget=1|agent option budget=1 is not a share of one core such as 0.5%",
        "file=x,budget=0%|agent option budget=0% is not a share of one core such as 0.5%",
        "file=x,stopfile=y|unknown agent option 'stopfile' (did you mean 'stop-file'?)",
        "kafka=|agent option kafka= has no value",
        "cluster=x|none of kafka=, http= and file= is given",
        "kafka=x:1,properties=/no/such|agent option properties=/no/such is not a readable"
            + " properties file"
      })
  void aWrongOptionIsNamedWithTheWayOut(String line, String message) {
    assertThatThrownBy(() -> AgentOptions.parse(line))
        .isInstanceOf(OptionException.class)
        .hasMessage(message + "; the agent stays idle, the job runs");
  }

  @Test
  void theServersAddressGetsThePathThatTakesEnvelopes() throws OptionException {
    assertThat(AgentOptions.parse("http=http://h:8080").http())
        .isEqualTo("http://h:8080/api/v1/ingest");
    assertThat(AgentOptions.parse("http=https://h/").http()).isEqualTo("https://h/api/v1/ingest");
    assertThat(AgentOptions.parse("http=http://h/proxy/in").http()).isEqualTo("http://h/proxy/in");
  }

  @Test
  void sizesSharesAndCountsAreRead() throws OptionException {
    AgentOptions options =
        AgentOptions.parse(
            "file=x,file-max=1m,file-keep=2,budget=1.25%,stop-file=/s,last=off,farewell=30s");
    assertThat(options.fileMaxBytes()).isEqualTo(1 << 20);
    assertThat(options.fileKeep()).isEqualTo(2);
    assertThat(options.budget()).isEqualTo(0.0125);
    assertThat(options.farewellMillis()).isEqualTo(30_000);
    assertThat(AgentOptions.parse("file=x").farewellMillis()).isEqualTo(900);
    assertThat(options.stopFile()).isEqualTo("/s");
    assertThat(options.last()).isEqualTo("off");
  }

  @Test
  void noOptionAtAllIsSaid() {
    assertThatThrownBy(() -> AgentOptions.parse(null))
        .hasMessage("none of kafka=, http= and file= is given; the agent stays idle, the job runs");
  }
}
