// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.peer;

import static io.plimsoll.engines.peer.MatrixPeer.read;
import static io.plimsoll.engines.peer.MatrixPeer.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.engines.component.Reading;
import io.plimsoll.wire.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real metastore that has answered a client, read over plain JMX and through Jolokia. */
@Tag("matrix")
class HiveMetastoreIT {
  private static final int JMX = 0;
  private static final int JOLOKIA = 1;
  private static final int THRIFT = 2;

  @TempDir Path folder;

  @Test
  void aMetastore_tellsItsCalls() throws Exception {
    List<Integer> ports =
        List.of(MatrixPeer.freePort(), MatrixPeer.freePort(), MatrixPeer.freePort());
    try (MatrixPeer hive =
        MatrixPeer.start(
            folder, "hive", "MiniMetastore", options(ports), ports.get(THRIFT).toString())) {
      Reading byJmx =
          read(
              folder,
              "hive-metastore",
              "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + ports.get(JMX) + "/jmxrmi");
      Reading byJolokia =
          read(folder, "hive-metastore", "http://127.0.0.1:" + ports.get(JOLOKIA) + "/jolokia");

      assertThat(Files.readString(folder.resolve("ready"))).contains("default");
      assertThat(byJmx.unread()).as(hive::log).isEmpty();
      assertThat(value(byJmx, Metric.COMPONENT_LEVEL, "hive.connections")).isOne();
      // Hive 4.0 counts each of the six twice: at the handler and at the retry around it.
      assertThat(value(byJmx, Metric.COMPONENT_TOTAL, "hive.api.calls{api=get_databases}"))
          .isBetween(6L, 12L);
      assertThat(value(byJmx, Metric.COMPONENT_NANOS, "hive.api.time.mean{api=get_databases}"))
          .isPositive();
      assertThat(byJolokia.values().keySet()).isEqualTo(byJmx.values().keySet());
    }
  }

  private static List<String> options(List<Integer> ports) throws Exception {
    Path agents = Path.of(System.getProperty("plimsoll.jolokia", "target/jolokia"));
    Path agent;
    try (java.util.stream.Stream<Path> files = Files.list(agents)) {
      agent =
          files
              .filter(file -> file.getFileName().toString().startsWith("jolokia-agent-jvm-2.6"))
              .findFirst()
              .orElseThrow()
              .toAbsolutePath();
    }
    return new ArrayList<>(
        List.of(
            "-javaagent:"
                + agent
                + "=host=127.0.0.1,discoveryEnabled=false,port="
                + ports.get(JOLOKIA),
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Dcom.sun.management.jmxremote.port=" + ports.get(JMX),
            "-Dcom.sun.management.jmxremote.rmi.port=" + ports.get(JMX),
            "-Dcom.sun.management.jmxremote.ssl=false",
            "-Dcom.sun.management.jmxremote.authenticate=false"));
  }
}
