// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code SampleBatch} of the schema, the form of samples in version 1: columns to rows. */
final class SampleCodec {
  private static final int TIME_DELTAS_MILLIS = 1;
  private static final int COLUMNS = 2;

  private static final int METRIC = 1;
  private static final int INSTANCE = 2;
  private static final int ABSENT_ROW_GAPS = 3;
  private static final int VALUE_DELTAS = 4;

  private SampleCodec() {}

  static List<Sample> read(MessageReader in) throws IOException, WireException {
    LongColumn times = new LongColumn();
    List<MessageReader> columns = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case TIME_DELTAS_MILLIS:
          in.deltas(times);
          break;
        case COLUMNS:
          columns.add(in.message("Column"));
          break;
        default:
          in.skip();
      }
    }
    List<Map<MetricKey, Long>> rows = new ArrayList<>();
    for (int row = 0; row < times.size(); row++) {
      rows.add(new TreeMap<>());
    }
    Set<MetricKey> seen = new HashSet<>();
    for (MessageReader column : columns) {
      readColumn(column, rows, seen);
    }
    List<Sample> samples = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      samples.add(Sample.of(times.at(row), rows.get(row)));
    }
    return samples;
  }

  private static void readColumn(
      MessageReader in, List<Map<MetricKey, Long>> rows, Set<MetricKey> seen)
      throws IOException, WireException {
    int metricId = 0;
    String instance = "";
    LongColumn gaps = new LongColumn();
    LongColumn values = new LongColumn();
    while (in.next()) {
      switch (in.field()) {
        case METRIC:
          metricId = in.uint32();
          break;
        case INSTANCE:
          instance = in.text();
          break;
        case ABSENT_ROW_GAPS:
          in.uint32s(gaps);
          break;
        case VALUE_DELTAS:
          in.deltas(values);
          break;
        default:
          in.skip();
      }
    }
    Metric metric = Metric.byId(metricId);
    if (metric == null) {
      return; // of a newer writer
    }
    MetricKey key = MetricKey.of(metric, instance);
    if (!seen.add(key)) {
      throw in.malformed(key + " comes twice");
    }
    if ((long) values.size() + gaps.size() != rows.size()) {
      throw in.malformed(
          key
              + " tells "
              + values.size()
              + " values and "
              + gaps.size()
              + " absent rows of "
              + rows.size());
    }
    spread(in, key, gaps, values, rows);
  }

  /** Puts the column's values into the rows that are not absent. */
  private static void spread(
      MessageReader in,
      MetricKey key,
      LongColumn gaps,
      LongColumn values,
      List<Map<MetricKey, Long>> rows)
      throws WireException {
    int row = 0;
    int next = 0;
    for (int i = 0; i < gaps.size(); i++) {
      if (gaps.at(i) > values.size() - next) {
        throw in.malformed(key + " has an absent row beyond the last row");
      }
      for (long present = gaps.at(i); present > 0; present--) {
        rows.get(row++).put(key, values.at(next++));
      }
      row++;
    }
    while (next < values.size()) {
      rows.get(row++).put(key, values.at(next++));
    }
  }
}
