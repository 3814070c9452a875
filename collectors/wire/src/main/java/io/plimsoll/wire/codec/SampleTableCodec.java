// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code SampleTable} of the schema: rows to columns and back. All columns share one list of
 * metrics, one of names, one of bits and one of values, so that a column costs about three bytes
 * beside its values.
 */
final class SampleTableCodec {
  private static final int TIME_DELTAS_MILLIS = 1;
  private static final int METRIC_STEPS = 2;
  private static final int NAME_NUMBERS = 3;
  private static final int NAMES = 4;
  private static final int PRESENT = 5;
  private static final int VALUE_DELTAS = 6;

  /** A sample of nothing takes a byte: what is read is bounded by this. */
  private static final int MOST_ROWS = 1 << 16;

  private final LongColumn times = new LongColumn();
  private final LongColumn metricSteps = new LongColumn();
  private final LongColumn nameNumbers = new LongColumn();
  private final List<String> names = new ArrayList<>();
  private final LongColumn values = new LongColumn();
  private byte[] present = {};

  private SampleTableCodec() {}

  static MessageWriter write(List<Sample> samples) {
    SampleTableCodec table = new SampleTableCodec();
    Map<MetricKey, @Nullable Long[]> columns = new HashMap<>();
    for (int row = 0; row < samples.size(); row++) {
      Sample sample = samples.get(row);
      table.times.add(sample.epochMillis());
      for (Map.Entry<MetricKey, Long> value : sample.values().entrySet()) {
        @Nullable Long[] column = columns.get(value.getKey());
        if (column == null) {
          column = new @Nullable Long[samples.size()];
          columns.put(value.getKey(), column);
        }
        column[row] = value.getValue();
      }
    }
    table.fill(new TreeMap<>(columns), samples.size());
    MessageWriter out = new MessageWriter();
    out.packedDeltas(TIME_DELTAS_MILLIS, table.times);
    out.packedUint32(METRIC_STEPS, table.metricSteps);
    out.packedUint32(NAME_NUMBERS, table.nameNumbers);
    for (String name : table.names) {
      out.bytes(NAMES, name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    if (table.present.length > 0) {
      out.bytes(PRESENT, table.present);
    }
    out.packedSint64(VALUE_DELTAS, table.values);
    return out;
  }

  private void fill(SortedMap<MetricKey, @Nullable Long[]> columns, int rows) {
    Map<String, Integer> own = new HashMap<>();
    present = new byte[bytes((long) columns.size() * rows)];
    int metric = 0;
    int bit = 0;
    for (Map.Entry<MetricKey, @Nullable Long[]> column : columns.entrySet()) {
      int id = column.getKey().metric().id();
      metricSteps.add(id - metric);
      metric = id;
      nameNumbers.add(number(column.getKey().instance(), own));
      long before = 0;
      for (@Nullable Long value : column.getValue()) {
        if (value != null) {
          present[bit >> 3] |= (byte) (1 << (bit & 7));
          values.add(value - before);
          before = value;
        }
        bit++;
      }
    }
  }

  /** 0 for no name; else odd for a known one, even for one that stands in the batch. */
  private long number(String name, Map<String, Integer> own) {
    if (name.isEmpty()) {
      return 0;
    }
    int place = KnownNames.place(name);
    if (place >= 0) {
      return 2L * place + 1;
    }
    Integer told = own.get(name);
    if (told == null) {
      names.add(name);
      told = names.size();
      own.put(name, told);
    }
    return 2L * told;
  }

  static List<Sample> read(MessageReader in) throws IOException, WireException {
    SampleTableCodec table = new SampleTableCodec();
    while (in.next()) {
      switch (in.field()) {
        case TIME_DELTAS_MILLIS:
          in.deltas(table.times);
          break;
        case METRIC_STEPS:
          in.uint32s(table.metricSteps);
          break;
        case NAME_NUMBERS:
          in.uint32s(table.nameNumbers);
          break;
        case NAMES:
          table.names.add(in.text());
          break;
        case PRESENT:
          table.present = in.bytes();
          break;
        case VALUE_DELTAS:
          in.sint64s(table.values);
          break;
        default:
          in.skip();
      }
    }
    return table.samples(in);
  }

  private List<Sample> samples(MessageReader in) throws WireException {
    int rows = times.size();
    int columns = metricSteps.size();
    if (nameNumbers.size() != columns) {
      throw in.malformed(nameNumbers.size() + " names for " + columns + " columns");
    }
    if (rows > MOST_ROWS) {
      throw in.malformed(rows + " samples in one envelope, at most " + MOST_ROWS + " are read");
    }
    long bits = (long) rows * columns;
    if (present.length != (bits + 7) / 8) {
      throw in.malformed(present.length + " bytes tell which of " + bits + " values are there");
    }
    List<Map<MetricKey, Long>> filled = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      filled.add(new TreeMap<>());
    }
    spread(in, filled);
    List<Sample> samples = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      samples.add(Sample.of(times.at(row), filled.get(row)));
    }
    return samples;
  }

  private void spread(MessageReader in, List<Map<MetricKey, Long>> rows) throws WireException {
    Set<MetricKey> seen = new HashSet<>();
    long metric = 0;
    int bit = 0;
    int next = 0;
    for (int column = 0; column < metricSteps.size(); column++) {
      metric += metricSteps.at(column);
      MetricKey key = key(in, metric, nameNumbers.at(column));
      if (key != null && !seen.add(key)) {
        throw in.malformed(key + " comes twice");
      }
      long value = 0;
      for (Map<MetricKey, Long> row : rows) {
        if ((present[bit >> 3] & 1 << (bit & 7)) != 0) {
          if (next == values.size()) {
            throw in.malformed("only " + next + " values");
          }
          value += values.at(next++);
          if (key != null) {
            row.put(key, value);
          }
        }
        bit++;
      }
    }
    if (next != values.size()) {
      throw in.malformed(values.size() + " values where " + next + " are there");
    }
  }

  /** Null for a metric of a newer writer. */
  private @Nullable MetricKey key(MessageReader in, long metricId, long number)
      throws WireException {
    String name = name(number);
    if (name == null) {
      throw in.malformed("no name has the number " + number);
    }
    Metric metric = metricId > Integer.MAX_VALUE ? null : Metric.byId((int) metricId);
    return metric == null ? null : MetricKey.of(metric, name);
  }

  private @Nullable String name(long number) {
    if (number == 0) {
      return "";
    }
    if ((number & 1) == 1) {
      return KnownNames.name(number >> 1);
    }
    return number >> 1 > names.size() ? null : names.get((int) (number >> 1) - 1);
  }

  private static int bytes(long bits) {
    return (int) ((bits + 7) / 8);
  }
}
