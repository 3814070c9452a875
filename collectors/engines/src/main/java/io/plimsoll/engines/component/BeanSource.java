// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.component;

import io.plimsoll.wire.MetricKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.ObjectName;

/** A component whose management beans are read as its description says. */
public final class BeanSource implements ComponentSource {
  private final ComponentTarget target;
  private final ComponentDescription description;
  private final BeanReader reader;
  private final List<BeanReader.Query> queries;

  public BeanSource(
      ComponentDescription description, String cluster, String address, BeanReader reader) {
    this.target = new ComponentTarget(description.type(), description.role(), cluster, address);
    this.description = description;
    this.reader = reader;
    this.queries =
        description.families().stream()
            .map(family -> new BeanReader.Query(family.pattern().query(), family.attributes()))
            .toList();
  }

  @Override
  public ComponentTarget target() {
    return target;
  }

  @Override
  public Reading read(long epochMillis) throws SourceException, InterruptedException {
    List<Map<ObjectName, Map<String, Object>>> answers = reader.read(queries);
    if (answers.size() != queries.size()) {
      throw new SourceException(
          SourceException.Code.BAD_ANSWER,
          target.address()
              + ": "
              + answers.size()
              + " answers to "
              + queries.size()
              + " questions");
    }
    TreeMap<MetricKey, Long> values = new TreeMap<>();
    Map<String, String> unread = new TreeMap<>();
    for (int i = 0; i < answers.size(); i++) {
      family(description.families().get(i), answers.get(i), values, unread);
    }
    return new Reading(values, List.of(), unread);
  }

  private static void family(
      BeanFamily family,
      Map<ObjectName, Map<String, Object>> beans,
      TreeMap<MetricKey, Long> values,
      Map<String, String> unread) {
    int matching = 0;
    Map<String, Integer> told = new TreeMap<>();
    for (Map.Entry<ObjectName, Map<String, Object>> bean : new TreeMap<>(beans).entrySet()) {
      Map<String, String> labels = family.pattern().match(bean.getKey());
      if (labels == null) {
        continue;
      }
      matching++;
      for (MetricRule rule : family.metrics()) {
        Long value = rule.value(bean.getValue());
        if (value != null) {
          put(Series.of(rule.name(), labels).key(rule.wire()), value, values, unread);
          told.merge(rule.name(), 1, Integer::sum);
        }
      }
    }
    for (MetricRule rule : family.metrics()) {
      if (!told.containsKey(rule.name()) && !(family.optional() && matching == 0)) {
        unread.put(
            rule.name(),
            matching == 0
                ? "no bean " + family.pattern()
                : "no number in attribute " + rule.attribute() + " of " + family.pattern());
      }
    }
  }

  private static void put(
      MetricKey key, long value, TreeMap<MetricKey, Long> values, Map<String, String> unread) {
    if (values.size() < Reading.MAX_VALUES) {
      values.put(key, value);
    } else {
      String name = Series.parse(key.instance()).name();
      unread.put(name, "the component tells more than " + Reading.MAX_VALUES + " values");
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
