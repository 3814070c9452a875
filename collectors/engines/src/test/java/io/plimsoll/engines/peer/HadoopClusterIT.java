// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.peer;

import static io.plimsoll.engines.peer.MatrixPeer.read;
import static io.plimsoll.engines.peer.MatrixPeer.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.targets.TargetSource;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real HDFS and YARN daemons, and real applications with containers on them. */
@Tag("matrix")
@SuppressWarnings("try") // daemons are held, not used
class HadoopClusterIT {
  private static final long MIB = 1L << 20;
  private static final List<String> OPTIONS =
      List.of("--add-opens=java.base/java.lang=ALL-UNNAMED");

  /** Hadoop 3.4 tells no counts of log lines any more. */
  private static final List<String> OLDER_ONLY = List.of("log.errors", "log.warnings");

  @TempDir Path folder;

  @Test
  void dfsDaemons_areReadByTheirPages() throws Exception {
    try (MatrixPeer ignored = hadoop(folder, "dfs")) {
      hdfs(properties("ready"));
    }
  }

  @Test
  void yarnDaemonsAndApplications_areReadAsTheyAre() throws Exception {
    String managerWeb = loopback();
    String nodeWeb = loopback();
    String tracker = "yarn.resourcemanager.resource-tracker.address=" + loopback();
    Path nodeFolder = Files.createDirectory(folder.resolve("node"));
    try (MatrixPeer hadoop =
            hadoop(
                folder,
                "manager",
                tracker,
                "yarn.resourcemanager.webapp.address=" + managerWeb,
                "yarn.resourcemanager.address=" + loopback(),
                "yarn.resourcemanager.scheduler.address=" + loopback(),
                "yarn.resourcemanager.admin.address=" + loopback());
        MatrixPeer ignored =
            hadoop(nodeFolder, "node", tracker, "yarn.nodemanager.webapp.address=" + nodeWeb)) {
      try (TargetSource manager = MatrixPeer.source(folder, "yarn-rest", "http://" + managerWeb);
          TargetSource node =
              MatrixPeer.source(folder, "yarn-node-rest", "http://" + nodeWeb + "/")) {
        idle(manager, node);
        hadoop.signal("go");
        containers(hadoop, manager, node);
        applications(manager, properties("done"));
      }
      yarnBeans("http://" + managerWeb, "http://" + nodeWeb);
    }
  }

  private static String loopback() throws IOException {
    return "127.0.0.1:" + MatrixPeer.freePort();
  }

  private static MatrixPeer hadoop(Path folder, String... arguments) throws Exception {
    return MatrixPeer.start(folder, "hadoop", "MiniHadoop", OPTIONS, arguments);
  }

  private Properties properties(String name) throws Exception {
    Properties values = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve(name))) {
      values.load(reader);
    }
    return values;
  }

  /** Hadoop renews what its beans tell every ten seconds or so. */
  private Reading readWhen(String kind, String address, Predicate<Reading> renewed) {
    return await()
        .atMost(MatrixPeer.BOUND)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> read(folder, kind, address), renewed);
  }

  private static boolean is(Reading reading, Metric metric, String instance, long wanted) {
    return Long.valueOf(wanted).equals(reading.values().get(MetricKey.of(metric, instance)));
  }

  private void hdfs(Properties at) {
    Reading name =
        readWhen(
            "hdfs-namenode",
            at.getProperty("namenode") + "/jmx",
            reading ->
                is(reading, Metric.COMPONENT_LEVEL, "hdfs.datanodes.live", 1)
                    && is(reading, Metric.COMPONENT_LEVEL, "hdfs.blocks", 1));
    Reading data =
        readWhen(
            "hdfs-datanode",
            at.getProperty("datanode") + "/jmx",
            reading ->
                reading.values().entrySet().stream()
                    .filter(each -> each.getKey().instance().startsWith("hdfs.datanode.written{"))
                    .anyMatch(each -> each.getValue() >= MIB));

    assertThat(value(name, Metric.COMPONENT_LEVEL, "hdfs.files")).isGreaterThanOrEqualTo(2);
    assertThat(value(name, Metric.COMPONENT_TOTAL, "hdfs.op.create")).isOne();
    assertThat(data.values().keySet())
        .anyMatch(key -> key.instance().equals("hdfs.datanode.volumes.failed"));
    assertThat(name.unread().keySet()).as("unread of the NameNode").isSubsetOf(OLDER_ONLY);
    assertThat(data.unread().keySet()).as("unread of the DataNode").isSubsetOf(OLDER_ONLY);
  }

  private static void idle(TargetSource manager, TargetSource node) throws Exception {
    await()
        .atMost(MatrixPeer.BOUND)
        .until(
            () ->
                value(
                        manager.read(System.currentTimeMillis()),
                        Metric.COMPONENT_LEVEL,
                        "yarn.cluster.active_nodes")
                    == 1);
    Reading cluster = manager.read(System.currentTimeMillis());

    assertThat(cluster.events()).isEmpty();
    assertThat(value(cluster, Metric.COMPONENT_LEVEL, "yarn.cluster.active_nodes")).isOne();
    assertThat(cluster.values().keySet())
        .anyMatch(key -> key.instance().contains("{queue=root.default}"));
    assertThat(node.read(System.currentTimeMillis()).events()).isEmpty();
  }

  private void containers(MatrixPeer hadoop, TargetSource manager, TargetSource node)
      throws Exception {
    List<EngineEvent> told = new ArrayList<>();
    List<EngineEvent> applications = new ArrayList<>();
    awaitEvents(hadoop, manager, applications, list -> has(list, "RUNNING"));
    awaitEvents(
        hadoop, node, told, list -> ended(list, "physical_memory") != null && has(list, "RUNNING"));
    EngineEvent hog = ended(told, "physical_memory");

    assertThat(hog.number(EventNumber.LIMIT_BYTES, -1)).isEqualTo(128 * MIB);
    assertThat(hog.number(EventNumber.USED_BYTES, -1)).isGreaterThan(128 * MIB);
    assertThat(hog.number(EventNumber.EXIT_CODE, 0)).isEqualTo(-104);
    assertThat(hog.text(EventText.DIAGNOSTICS)).contains("physical memory used");
    assertThat(hog.text(EventText.APPLICATION_ID))
        .isEqualTo(applications.get(0).text(EventText.APPLICATION_ID));
    Reading running = manager.read(System.currentTimeMillis());
    assertThat(running.values())
        .anySatisfy(
            (key, bytes) -> {
              assertThat(key.instance()).startsWith("yarn.app.memory.allocated{application=");
              assertThat(bytes).isGreaterThanOrEqualTo(128 * MIB);
            });
    hadoop.signal("stop");
    awaitEvents(hadoop, node, told, list -> ended(list, "success") != null);
    hadoop.signal("seen");
    hadoop.awaitFile("done");
  }

  private static void applications(TargetSource manager, Properties done) throws Exception {
    List<EngineEvent> events = manager.read(System.currentTimeMillis()).events();

    assertThat(events)
        .filteredOn(event -> event.kind() == EventKind.APPLICATION_STATE)
        .extracting(
            event -> event.text(EventText.APPLICATION_ID),
            event -> event.text(EventText.STATE),
            event -> event.text(EventText.OUTCOME),
            event -> event.text(EventText.APPLICATION_NAME))
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple(
                done.getProperty("unmanaged"), "FINISHED", "SUCCEEDED", "two containers"),
            org.assertj.core.api.Assertions.tuple(
                done.getProperty("managed"), "FAILED", "FAILED", "master exits"));
    assertThat(events)
        .filteredOn(event -> event.kind() == EventKind.CONTAINER_ENDED)
        .filteredOn(
            event -> done.getProperty("managed").equals(event.text(EventText.APPLICATION_ID)))
        .singleElement()
        .satisfies(
            master -> {
              assertThat(master.text(EventText.CAUSE)).isEqualTo("exited");
              assertThat(master.number(EventNumber.EXIT_CODE, 0)).isEqualTo(7);
            });
  }

  private void yarnBeans(String managerWeb, String nodeWeb) {
    Reading manager =
        readWhen(
            "yarn-resourcemanager",
            managerWeb + "/jmx",
            reading ->
                is(reading, Metric.COMPONENT_LEVEL, "yarn.nodes.active", 1)
                    && is(
                        reading,
                        Metric.COMPONENT_TOTAL,
                        "yarn.queue.apps.failed{queue=root.default}",
                        1)
                    && is(
                        reading,
                        Metric.COMPONENT_TOTAL,
                        "yarn.queue.apps.completed{queue=root.default}",
                        1));
    Reading node =
        readWhen(
            "yarn-nodemanager",
            nodeWeb + "/jmx",
            reading -> is(reading, Metric.COMPONENT_TOTAL, "yarn.node.containers.launched", 3));

    assertThat(manager.unread().keySet())
        .as("unread of the ResourceManager")
        .isSubsetOf(OLDER_ONLY);
    assertThat(node.unread().keySet()).as("unread of the NodeManager").isSubsetOf(OLDER_ONLY);
  }

  private static void awaitEvents(
      MatrixPeer hadoop,
      TargetSource source,
      List<EngineEvent> told,
      Predicate<List<EngineEvent>> enough) {
    await()
        .atMost(MatrixPeer.BOUND)
        .until(
            () -> {
              told.addAll(source.read(System.currentTimeMillis()).events());
              assertThat(told.size()).as(hadoop::log).isLessThan(1_000);
              return enough.test(told);
            });
  }

  private static boolean has(List<EngineEvent> events, String state) {
    return events.stream().anyMatch(event -> state.equals(event.text(EventText.STATE)));
  }

  private static EngineEvent ended(List<EngineEvent> events, String cause) {
    return events.stream()
        .filter(event -> event.kind() == EventKind.CONTAINER_ENDED)
        .filter(event -> cause.equals(event.text(EventText.CAUSE)))
        .findFirst()
        .orElse(null);
  }
}
