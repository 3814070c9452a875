// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code AttemptBatch} of the schema: records to columns and back. A column of defaults is left
 * out, so a batch of Spark's attempts pays nothing for what only Flink's have.
 */
final class AttemptCodec {
  private static final int TASK_IDS = 1;
  private static final int STAGE_IDS = 2;
  private static final int STAGE_ATTEMPTS = 3;
  private static final int PARTITIONS = 4;
  private static final int ATTEMPT_NUMBERS = 5;
  private static final int START_EPOCH_MILLIS = 6;
  private static final int WALL_NANOS = 7;
  private static final int CPU_NANOS = 8;
  private static final int ALLOCATED_BYTES = 9;
  private static final int OUTCOMES = 10;
  private static final int KINDS = 11;
  private static final int HOOKS = 12;
  private static final int COUNTS = 13;
  private static final int RUN_QUEUE_NANOS = 14;
  private static final int JOBS = 15;
  private static final int OPERATORS = 16;
  private static final int ATTEMPT_IDS = 17;
  private static final int HELPERS = 18;
  private static final int TEXTS = 19;
  private static final int SPAN_MILLIS = 20;

  /** The columns by field number; 0 and that of the texts stay empty. */
  private final LongColumn[] columns = new LongColumn[SPAN_MILLIS + 1];

  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final List<String> texts = new ArrayList<>();

  private AttemptCodec() {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new LongColumn();
    }
  }

  static MessageWriter write(List<AttemptRecord> attempts) {
    AttemptCodec codec = new AttemptCodec();
    for (AttemptRecord attempt : attempts) {
      codec.add(attempt);
    }
    MessageWriter out = new MessageWriter();
    for (int field = TASK_IDS; field <= SPAN_MILLIS; field++) {
      LongColumn column = codec.columns[field];
      if (field > OUTCOMES && column.isOnly(absent(field))) {
        continue;
      }
      if (isDelta(field)) {
        out.packedDeltas(field, column);
      } else {
        out.packedUint32(field, column);
      }
    }
    for (String text : codec.numbers.keySet()) {
      out.bytes(TEXTS, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return out;
  }

  private void add(AttemptRecord attempt) {
    columns[TASK_IDS].add(attempt.taskId());
    columns[STAGE_IDS].add(attempt.stageId());
    columns[STAGE_ATTEMPTS].add(attempt.stageAttempt());
    columns[PARTITIONS].add(attempt.partition());
    columns[ATTEMPT_NUMBERS].add(attempt.attemptNumber());
    columns[START_EPOCH_MILLIS].add(attempt.startEpochMillis());
    columns[WALL_NANOS].add(attempt.wallNanos());
    columns[CPU_NANOS].add(attempt.cpuNanos());
    columns[ALLOCATED_BYTES].add(attempt.allocatedBytes());
    columns[OUTCOMES].add(attempt.outcome().ordinal());
    columns[KINDS].add(attempt.kind().ordinal());
    columns[HOOKS].add(attempt.hook().ordinal());
    columns[COUNTS].add(attempt.count());
    columns[RUN_QUEUE_NANOS].add(attempt.runQueueNanos());
    columns[JOBS].add(number(attempt.job()));
    columns[OPERATORS].add(number(attempt.operator()));
    columns[ATTEMPT_IDS].add(number(attempt.attemptId()));
    columns[HELPERS].add(number(attempt.helper()));
    columns[SPAN_MILLIS].add(attempt.spanMillis());
  }

  static List<AttemptRecord> read(MessageReader in) throws IOException, WireException {
    AttemptCodec codec = new AttemptCodec();
    while (in.next()) {
      int field = in.field();
      if (field == TEXTS) {
        codec.texts.add(in.text());
      } else if (field < TASK_IDS || field > SPAN_MILLIS) {
        in.skip();
      } else if (isDelta(field)) {
        in.deltas(codec.columns[field]);
      } else {
        in.uint32s(codec.columns[field]);
      }
    }
    int rows = codec.columns[TASK_IDS].size();
    for (int field = STAGE_IDS; field <= SPAN_MILLIS; field++) {
      int size = codec.columns[field].size();
      if (size != rows && (field <= OUTCOMES || size != 0)) {
        throw in.malformed("field " + field + " tells " + size + " of " + rows + " attempts");
      }
    }
    List<AttemptRecord> attempts = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      attempts.add(codec.record(in, row));
    }
    return attempts;
  }

  private AttemptRecord record(MessageReader in, int row) throws WireException {
    return AttemptRecord.builder(columns[TASK_IDS].at(row))
        .stage(integer(in, STAGE_IDS, row), integer(in, STAGE_ATTEMPTS, row))
        .partition(integer(in, PARTITIONS, row), integer(in, ATTEMPT_NUMBERS, row))
        .startEpochMillis(columns[START_EPOCH_MILLIS].at(row))
        .wallNanos(columns[WALL_NANOS].at(row))
        .spanMillis(value(SPAN_MILLIS, row))
        .cpuNanos(columns[CPU_NANOS].at(row))
        .allocatedBytes(columns[ALLOCATED_BYTES].at(row))
        .outcome(known(AttemptOutcome.values(), OUTCOMES, row, AttemptOutcome.UNKNOWN))
        .kind(kind(in, row))
        .hook(known(AttemptHook.values(), HOOKS, row, AttemptHook.UNKNOWN))
        .count(count(in, row))
        .runQueueNanos(value(RUN_QUEUE_NANOS, row))
        .flink(text(in, JOBS, row), text(in, OPERATORS, row), text(in, ATTEMPT_IDS, row))
        .helper(text(in, HELPERS, row))
        .build();
  }

  private int integer(MessageReader in, int field, int row) throws WireException {
    long value = columns[field].at(row);
    if (value != (int) value) {
      throw in.malformed("field " + field + " of attempt " + row + " is " + value);
    }
    return (int) value;
  }

  private int count(MessageReader in, int row) throws WireException {
    long value = value(COUNTS, row);
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw in.malformed("field " + COUNTS + " of attempt " + row + " is " + value);
    }
    return (int) value;
  }

  /** Counting a record of a kind nobody knows as an attempt would be wrong in every sum. */
  private AttemptKind kind(MessageReader in, int row) throws WireException {
    long value = value(KINDS, row);
    if (value >= AttemptKind.values().length) {
      throw in.malformed("attempt " + row + " is of the unknown kind " + value);
    }
    return AttemptKind.values()[(int) value];
  }

  private <E extends Enum<E>> E known(E[] values, int field, int row, E unknown) {
    long value = value(field, row);
    return value < values.length ? values[(int) value] : unknown;
  }

  private String text(MessageReader in, int field, int row) throws WireException {
    long number = value(field, row);
    if (number == 0) {
      return "";
    }
    if (number > texts.size()) {
      throw in.malformed(
          "field " + field + " of attempt " + row + " is text " + number + " of " + texts.size());
    }
    return texts.get((int) number - 1);
  }

  private long value(int field, int row) {
    return columns[field].size() == 0 ? absent(field) : columns[field].at(row);
  }

  /** 0 stands for the empty text. */
  private long number(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    Long known = numbers.get(text);
    if (known == null) {
      known = numbers.size() + 1L;
      numbers.put(text, known);
    }
    return known;
  }

  /** What every row of a column that was left out stands for. */
  private static long absent(int field) {
    if (field == COUNTS) {
      return 1;
    }
    return field == RUN_QUEUE_NANOS || field == SPAN_MILLIS ? -1 : 0;
  }

  private static boolean isDelta(int field) {
    return field < OUTCOMES || field == RUN_QUEUE_NANOS || field == SPAN_MILLIS;
  }
}
