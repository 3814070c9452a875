// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.Role;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ComponentCatalogTest {
  private static final String GOOD =
      """
      component: my-cache
      about: A cache.
      beans:
        - bean: cache:type=Region,name={region}
          optional: true
          metrics:
            - metric: cache.hits
              attribute: Stats/hits
              unit: count
              kind: counter
            - {metric: cache.ratio_milli, attribute: Ratio, unit: thousandths, kind: gauge, scale: 1e3}
      """;

  @Test
  void shipped_describesTheLink() {
    assertThat(ComponentCatalog.shipped().descriptions())
        .extracting(ComponentDescription::role)
        .containsExactlyInAnyOrder(
            Role.KAFKA_BROKER,
            Role.NAMENODE,
            Role.DATANODE,
            Role.RESOURCE_MANAGER,
            Role.NODE_MANAGER,
            Role.METASTORE);
  }

  @Test
  void file_addsAType() {
    ComponentDescription cache =
        ComponentCatalog.shipped().plus("c.yaml", GOOD).description("my-cache");

    assertThat(cache).isNotNull();
    assertThat(cache.role()).isEqualTo(Role.COMPONENT);
    assertThat(cache.families()).hasSize(1);
    assertThat(cache.families().get(0).optional()).isTrue();
    assertThat(cache.families().get(0).metrics())
        .extracting(MetricRule::wire)
        .containsExactly(Metric.COMPONENT_TOTAL, Metric.COMPONENT_LEVEL_MILLI);
  }

  @Test
  void file_addsBeansToATypeThatIsThere() {
    String more = GOOD.replace("my-cache", "kafka-broker");
    ComponentCatalog shipped = ComponentCatalog.shipped();
    int before = families(shipped);

    assertThat(families(shipped.plus("c.yaml", more))).isEqualTo(before + 1);
    assertThatThrownBy(() -> shipped.plus("c.yaml", more).plus("d.yaml", more))
        .isInstanceOf(DescriptionException.class)
        .hasMessage("d.yaml:1: metric 'cache.hits' of kafka-broker is already described");
  }

  private static int families(ComponentCatalog catalog) {
    ComponentDescription kafka = catalog.description("kafka-broker");
    return kafka == null ? 0 : kafka.families().size();
  }

  @Test
  void errors_nameFileAndLine() {
    refused(
        "about: A cache.",
        "abuot: A cache.",
        2,
        "unknown key 'abuot'; did you mean 'about'? known: about, beans, ");
    refused("unit: count", "unit: parsecs", 9, "unknown unit 'parsecs'; known: count, bytes, ");
    refused("kind: counter", "kind: total", 10, "kind is gauge or counter, not 'total'");
    refused("cache.ratio_milli", "cache.ratio", 11, "only they, end with _milli");
    refused("name={region}", "name=*", 4, "neither a value nor a {placeholder}");
    refused("scale: 1e3", "scale: -1", 11, "scale is a positive number, not '-1'");
    refused("scale: 1e3", "scale: 1e400000000", 11, "scale is a positive number");
    refused("optional: true", "optional: yes", 5, "'optional' is true or false, not 'yes'");
    refused("metric: cache.hits", "metric: cache.ratio_milli", 7, "end with _milli");
    refused("attribute: Stats/hits", "attribute: []", 8, "'attribute' must be a text");
    refused("component: my-cache", "component: My Cache", 1, "not lower case with dashes");
    refused("component: my-cache", "component: my-cache\nrole: king", 2, "unknown role 'king'");
    refused("about: A cache.", "component: again", 2, "'component' is said twice");
    refused("about: A cache.", "about: [", 4, "not YAML");
    refused(
        "cache.ratio_milli, attribute: Ratio, unit: thousandths",
        "cache.hits, attribute: R, unit: count",
        11,
        "described twice");
  }

  private static void refused(String from, String to, int line, String message) {
    assertThat(GOOD).contains(from);
    assertThatThrownBy(() -> ComponentCatalog.shipped().plus("mine.yaml", GOOD.replace(from, to)))
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith("mine.yaml:" + line + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void aThousandMutations_areReadOrRefused() {
    ComponentCatalog catalog = ComponentCatalog.shipped();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      String mutated = Mutations.of(GOOD, random);
      try {
        catalog.plus("m.yaml", mutated);
      } catch (DescriptionException e) {
        assertThat(e.getMessage()).startsWith("m.yaml:");
        refused++;
      }
    }

    assertThat(refused).isBetween(300, 999);
  }

  @Test
  void patterns_matchWholeFamiliesOnly() throws Exception {
    BeanPattern topic = BeanPattern.of("k:type=T,name=B,topic={topic}");
    BeanPattern queue = BeanPattern.of("Hadoop:name=QueueMetrics,q*={queue}");
    BeanPattern port = BeanPattern.of("Hadoop:name=RpcActivityForPort{port}");

    assertThat(topic.query().toString()).isEqualTo("k:type=T,name=B,topic=*");
    assertThat(topic.match(name("k:name=B,type=T,topic=\"a,b\""))).containsEntry("topic", "a,b");
    assertThat(topic.match(name("k:name=B,type=T,topic=a,partition=1"))).isNull();
    assertThat(topic.match(name("k:name=B,type=T"))).isNull();
    assertThat(queue.match(name("Hadoop:name=QueueMetrics,q0=root,q1=a")))
        .containsEntry("queue", "root.a");
    assertThat(queue.match(name("Hadoop:name=QueueMetrics,q0=root,user=x"))).isNull();
    assertThat(port.query().toString()).isEqualTo("Hadoop:name=RpcActivityForPort*");
    assertThat(port.match(name("Hadoop:name=RpcActivityForPort8020")))
        .containsEntry("port", "8020");
    assertThat(port.labels()).isEqualTo(List.of("port"));
  }

  private static javax.management.ObjectName name(String text) throws Exception {
    return new javax.management.ObjectName(text);
  }

  @Test
  void seriesNames_areReadBack() {
    Series series = Series.of("a.b", java.util.Map.of("topic", "x,y}{\\z=1", "partition", "3"));

    assertThat(series.instance()).isEqualTo("a.b{partition=3,topic=x\\,y\\}\\{\\\\z=1}");
    assertThat(Series.parse(series.instance())).isEqualTo(series);
    assertThat(Series.parse("plain").labels()).isEmpty();
  }
}
