// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.engines.component.BeanReader;
import io.plimsoll.engines.component.BeanSource;
import io.plimsoll.engines.component.ComponentCatalog;
import io.plimsoll.engines.component.ComponentDescription;
import io.plimsoll.engines.component.Reading;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The shipped descriptions against /jmx pages that real Hadoop 3.4.1 daemons answered with. */
class HadoopDaemonsTest {
  /** Gone from Hadoop 3.4; older daemons tell them. */
  private static final String[] OLDER_ONLY = {"log.errors", "log.warnings"};

  /** Answers each query with the whole recorded page; the description picks what it means. */
  private record Recorded(String type) implements BeanReader {
    @Override
    public List<Map<ObjectName, Map<String, Object>>> read(List<Query> queries)
        throws SourceException {
      try (InputStream in =
          HadoopDaemonsTest.class.getResourceAsStream("/hadoop/" + type + ".json")) {
        assertThat(in).isNotNull();
        return Collections.nCopies(queries.size(), HadoopBeans.parse(in.readAllBytes(), type));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      // A recording holds nothing open.
    }
  }

  private static Reading read(String type) throws Exception {
    ComponentDescription description = ComponentCatalog.shipped().description(type);
    assertThat(description).isNotNull();
    try (BeanSource source = new BeanSource(description, "c", "http://h", new Recorded(type))) {
      return source.read(0);
    }
  }

  private static long value(Reading reading, Metric metric, String instance) {
    Long value = reading.values().get(MetricKey.of(metric, instance));
    assertThat(value).as(instance).isNotNull();
    return value;
  }

  @Test
  void nameNode_tellsAllThatIsDescribed() throws Exception {
    Reading reading = read("hdfs-namenode");

    assertThat(reading.unread()).containsOnlyKeys(OLDER_ONLY);
    assertThat(value(reading, Metric.COMPONENT_LEVEL, "hdfs.datanodes.live")).isOne();
    assertThat(value(reading, Metric.COMPONENT_LEVEL, "hdfs.blocks.missing")).isZero();
    assertThat(value(reading, Metric.COMPONENT_TOTAL, "hdfs.op.create")).isOne();
    assertThat(reading.values().keySet())
        .anyMatch(key -> key.instance().startsWith("rpc.queue_time.mean{port="));
  }

  @Test
  void dataNode_tellsAllThatIsDescribed() throws Exception {
    Reading reading = read("hdfs-datanode");

    assertThat(reading.unread()).isEmpty();
    assertThat(reading.values().keySet())
        .anyMatch(key -> key.instance().startsWith("hdfs.datanode.written{node=127.0.0.1-"));
    assertThat(value(reading, Metric.COMPONENT_LEVEL, "hdfs.datanode.volumes.failed")).isZero();
  }

  @Test
  void resourceManager_tellsAllThatIsDescribed() throws Exception {
    Reading reading = read("yarn-resourcemanager");

    assertThat(reading.unread()).containsOnlyKeys(OLDER_ONLY);
    assertThat(
            value(reading, Metric.COMPONENT_BYTES, "yarn.queue.memory.pending{queue=root.default}"))
        .isZero();
    assertThat(
            value(
                reading,
                Metric.COMPONENT_LEVEL_MILLI,
                "yarn.queue.used_capacity_milli{queue=root}"))
        .isZero();
  }
}
