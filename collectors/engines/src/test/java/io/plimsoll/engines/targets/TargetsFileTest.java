// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.engines.component.DescriptionException;
import io.plimsoll.engines.component.Mutations;
import io.plimsoll.engines.targets.Target.Place;
import io.plimsoll.wire.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsFileTest {
  private static final Path FILE = Path.of("/etc/plimsoll/components.yaml");
  private static final String WHOLE =
      """
      cluster: prod
      interval: 30s
      targets:
        - kind: kafka-broker
          address: http://broker:8778/jolokia
          login: broker.login
        - name: namenode
          kind: hdfs-namenode
          address: http://namenode:9870/jmx
          interval: 500s
          timeout: 300ms
        - kind: hive-metastore
          address: service:jmx:rmi:///jndi/rmi://metastore:9999/jmxrmi
          cluster: old
        - kind: kafka-broker
          address: https://gate/brokers/7
          via: jolokia
        - kind: yarn-rest
          address: http://rm:8088
        - kind: yarn-node-rest
          address: http://nm:8042
        - kind: kubernetes
          kubeconfig: /root/.kube/config
          namespace: spark
      """;

  @Test
  void everyKind_isReachedAsItsAddressSays() throws Exception {
    List<Target> targets = TargetsFile.parse(FILE, WHOLE, List.of()).targets();

    assertThat(targets)
        .extracting(Target::name)
        .containsExactly(
            "kafka-broker@broker:8778",
            "namenode",
            "hive-metastore@metastore:9999",
            "kafka-broker@gate",
            "yarn-rest@rm:8088",
            "yarn-node-rest@nm:8042",
            "kubernetes@spark");
    assertThat(targets)
        .extracting(target -> target.place().reach())
        .containsExactly(
            Reach.JOLOKIA,
            Reach.JMX_PAGE,
            Reach.JMX,
            Reach.JOLOKIA,
            Reach.YARN_REST,
            Reach.YARN_NODE_REST,
            Reach.KUBERNETES);
    assertThat(targets)
        .extracting(Target::cluster)
        .containsExactly("prod", "prod", "old", "prod", "prod", "prod", "prod");
    assertThat(targets.get(0))
        .isEqualTo(
            new Target(
                "kafka-broker@broker:8778",
                "kafka-broker",
                "prod",
                new Place(
                    Reach.JOLOKIA,
                    "http://broker:8778/jolokia",
                    Path.of("/etc/plimsoll/broker.login"),
                    ""),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5)));
    assertThat(targets.get(1).interval()).isEqualTo(Duration.ofSeconds(500));
    assertThat(targets.get(1).timeout()).isEqualTo(Duration.ofMillis(300));
    assertThat(targets.get(6).place())
        .isEqualTo(new Place(Reach.KUBERNETES, "", Path.of("/root/.kube/config"), "spark"));
  }

  @Test
  void aSource_isTheSameProcessWhetherItIsOpenedOrNot() throws Exception {
    List<TargetSource> sources = TargetsFile.parse(FILE, WHOLE, List.of()).open();

    assertThat(sources)
        .extracting(source -> source.target().role())
        .containsExactly(
            Role.KAFKA_BROKER,
            Role.NAMENODE,
            Role.METASTORE,
            Role.KAFKA_BROKER,
            Role.RESOURCE_MANAGER,
            Role.NODE_MANAGER,
            Role.KUBERNETES);
    assertThat(sources.get(1).target().address()).isEqualTo("http://namenode:9870/jmx");
    assertThat(sources).extracting(source -> source.target().identity()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster: prod|clustre: prod|1|unknown key 'clustre'; did you mean 'cluster'?",
        "via: jolokia|vai: jolokia|17|unknown key 'vai'; did you mean 'via'?",
        "via: jolokia|via: jolokai|17|unknown via 'jolokai'; did you mean 'jolokia'?",
        "namespace:|namspace:|24|unknown key 'namspace'; did you mean 'namespace'?",
        "kind: yarn-rest|kind: yarn-rset|18|unknown kind 'yarn-rset'; did you mean 'yarn-rest'?",
        "interval: 30s|interval: 30|2|interval is a number with ms, s, m or h, at least 1000ms",
        "timeout: 300ms|timeout: 3ms|11|timeout is a number with ms, s, m or h, at least 100ms",
        "http://rm:8088|rm:8088|19|'rm:8088' is no address; one looks like http://host:port/path",
        "http://rm:8088|http://rm:80880|19|'http://rm:80880' is no address",
        "http://rm:8088|http://rm:8088?x=s3cret|19|'http://rm:8088' must end before ? and #",
        "namenode:9870/jmx|namenode:9870|9|'http://namenode:9870' does not tell how to read it",
        "rmi:///jndi|rmi//jndi|13|is no JMX address",
        "name: namenode|name: yarn-rest@rm:8088|18|there are two targets 'yarn-rest@rm:8088'",
        "targets:|targets: []|4|not YAML",
        "kubeconfig: /root/.kube/config|name: k|22|'kubeconfig' is missing",
      })
  void aMistake_isOneLineWithTheWayOut(String right, String wrong, int line, String complaint) {
    assertThat(WHOLE).contains(right);
    assertThatThrownBy(() -> TargetsFile.parse(FILE, WHOLE.replace(right, wrong), List.of()))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith(FILE + ":" + line + ": ")
        .hasMessageContaining(complaint)
        .message()
        .doesNotContain("\n", "s3cret");
  }

  @Test
  void aPasswordInAnAddress_isRefusedWithoutBeingSaid() {
    assertThatThrownBy(
            () -> TargetsFile.parse(FILE, WHOLE.replace("//rm", "//me:s3cret@rm"), List.of()))
        .hasMessageEndingWith(
            ":19: 'http://rm:8088' holds a password; write 'user password' into a file and name"
                + " it: login: FILE");
  }

  @Test
  void thePlaceOfAnotherTarget_isRefused() {
    String twice = WHOLE + "  - {name: again, kind: yarn-rest, address: 'http://rm:8088'}\n";

    assertThatThrownBy(() -> TargetsFile.parse(FILE, twice, List.of()))
        .hasMessageEndingWith(":25: 'again' is polled already, under another name");
  }

  /** Whatever a file says, it is read or refused, by a message that tells a line. */
  @Test
  void aThousandBrokenFiles_areReadOrRefused() throws IOException {
    Random random = new Random(20261127);
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        TargetsFile.parse(FILE, Mutations.of(WHOLE, random), List.of()).open();
      } catch (DescriptionException e) {
        refused++;
        assertThat(e.getMessage()).startsWith(FILE + ":" + e.line() + ": ").doesNotContain("\n");
      }
    }
    assertThat(refused).isBetween(500, 999);
  }
}
