// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.AttemptHook;
import io.plimsoll.wire.AttemptKind;
import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code AttemptTable} of the schema: records to columns and back, and {@code AttemptBatch}, its
 * older form, to records. A column of defaults is left out, so a batch of Spark's attempts pays
 * nothing for what only Flink's have; one that is the same in all rows is told once.
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
  private static final int IDS = 21;
  private static final int GRAPHS = 22;

  /** A column may be told by one value for all rows: what is read is bounded by this. */
  private static final int MOST_ROWS = 1 << 16;

  /** An id is put together anew in every row: what is shared between rows is bounded by this. */
  private static final int LONGEST_SHARED_ID = 512;

  /** The columns by field number; 0 and those of the texts stay empty. */
  private final LongColumn[] columns = new LongColumn[GRAPHS + 1];

  private final IdTexts texts = new IdTexts();
  private final boolean isTable;
  private boolean areTaskIdsTold;

  private AttemptCodec(boolean isTable) {
    this.isTable = isTable;
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new LongColumn();
    }
  }

  /** As a table. */
  static MessageWriter write(List<AttemptRecord> attempts) {
    AttemptCodec codec = new AttemptCodec(true);
    for (AttemptRecord attempt : attempts) {
      codec.add(attempt);
    }
    MessageWriter out = new MessageWriter();
    for (int field = TASK_IDS; field <= GRAPHS; field++) {
      LongColumn column = codec.columns[field];
      boolean isLeftOut =
          field == TASK_IDS
              ? !codec.areTaskIdsTold
              : field != START_EPOCH_MILLIS && column.isOnly(absent(field));
      if (isLeftOut) {
        continue;
      }
      LongColumn told = field == START_EPOCH_MILLIS ? column : column.shortened();
      if (isDelta(field)) {
        out.packedDeltas(field, told);
      } else {
        out.packedUint32(field, told);
      }
    }
    codec.texts.write(out, TEXTS, IDS);
    return out;
  }

  private void add(AttemptRecord attempt) {
    columns[TASK_IDS].add(attempt.taskId());
    areTaskIdsTold |= attempt.taskId() != AttemptRecord.taskId(attempt.attemptId());
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
    columns[JOBS].add(texts.number(attempt.job()));
    columns[OPERATORS].add(texts.number(attempt.operator()));
    String graph = graph(attempt);
    columns[GRAPHS].add(texts.number(graph));
    columns[ATTEMPT_IDS].add(texts.number(graph.isEmpty() ? attempt.attemptId() : ""));
    columns[HELPERS].add(texts.number(attempt.helper()));
    columns[SPAN_MILLIS].add(attempt.spanMillis());
  }

  /** What Flink puts before vertex, subtask and attempt in the attempt's id; else empty. */
  private static String graph(AttemptRecord attempt) {
    if (attempt.operator().isEmpty()) {
      return "";
    }
    String id = attempt.attemptId();
    String rest = rest(attempt.operator(), attempt.partition(), attempt.attemptNumber());
    return id.length() <= LONGEST_SHARED_ID && id.endsWith(rest)
        ? id.substring(0, id.length() - rest.length())
        : "";
  }

  private static String rest(String operator, int partition, int attemptNumber) {
    return "_" + operator + "_" + partition + "_" + attemptNumber;
  }

  static List<AttemptRecord> readBatch(MessageReader in) throws IOException, WireException {
    return new AttemptCodec(false).read(in);
  }

  static List<AttemptRecord> readTable(MessageReader in) throws IOException, WireException {
    return new AttemptCodec(true).read(in);
  }

  private List<AttemptRecord> read(MessageReader in) throws IOException, WireException {
    int last = isTable ? GRAPHS : SPAN_MILLIS;
    while (in.next()) {
      int field = in.field();
      if (field == TEXTS) {
        texts.readText(in);
      } else if (field == IDS && isTable) {
        texts.readId(in);
      } else if (field < TASK_IDS || field > last) {
        in.skip();
      } else if (isDelta(field)) {
        in.deltas(columns[field]);
      } else {
        in.uint32s(columns[field]);
      }
    }
    int rows = columns[isTable ? START_EPOCH_MILLIS : TASK_IDS].size();
    for (int field = TASK_IDS; field <= last; field++) {
      int size = columns[field].size();
      boolean isShort = isTable ? size <= Math.min(1, rows) : field > OUTCOMES && size == 0;
      if (size != rows && !isShort) {
        throw in.malformed("field " + field + " tells " + size + " of " + rows + " attempts");
      }
    }
    if (rows > MOST_ROWS) {
      throw in.malformed(rows + " attempts in one envelope, at most " + MOST_ROWS + " are read");
    }
    List<AttemptRecord> attempts = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      attempts.add(record(in, row));
    }
    return attempts;
  }

  private AttemptRecord record(MessageReader in, int row) throws WireException {
    String operator = text(in, OPERATORS, row);
    String attemptId = attemptId(in, operator, row);
    long taskId =
        columns[TASK_IDS].size() == 0 ? AttemptRecord.taskId(attemptId) : value(TASK_IDS, row);
    return AttemptRecord.builder(taskId)
        .stage(integer(in, STAGE_IDS, row), integer(in, STAGE_ATTEMPTS, row))
        .partition(integer(in, PARTITIONS, row), integer(in, ATTEMPT_NUMBERS, row))
        .startEpochMillis(columns[START_EPOCH_MILLIS].at(row))
        .wallNanos(value(WALL_NANOS, row))
        .spanMillis(value(SPAN_MILLIS, row))
        .cpuNanos(value(CPU_NANOS, row))
        .allocatedBytes(value(ALLOCATED_BYTES, row))
        .outcome(known(AttemptOutcome.values(), OUTCOMES, row, AttemptOutcome.UNKNOWN))
        .kind(kind(in, row))
        .hook(known(AttemptHook.values(), HOOKS, row, AttemptHook.UNKNOWN))
        .count(count(in, row))
        .runQueueNanos(value(RUN_QUEUE_NANOS, row))
        .flink(text(in, JOBS, row), operator, attemptId)
        .helper(text(in, HELPERS, row))
        .build();
  }

  private int integer(MessageReader in, int field, int row) throws WireException {
    long value = value(field, row);
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

  private String attemptId(MessageReader in, String operator, int row) throws WireException {
    String graph = text(in, GRAPHS, row);
    if (!graph.isEmpty() && graph.length() + operator.length() > LONGEST_SHARED_ID) {
      throw in.malformed(
          "the id of attempt " + row + " is longer than " + LONGEST_SHARED_ID + " characters");
    }
    return graph.isEmpty()
        ? text(in, ATTEMPT_IDS, row)
        : graph + rest(operator, integer(in, PARTITIONS, row), integer(in, ATTEMPT_NUMBERS, row));
  }

  private String text(MessageReader in, int field, int row) throws WireException {
    long number = value(field, row);
    // A batch counts its texts from 1 and has no ids.
    String text = texts.text(isTable ? number : 2 * number);
    if (text == null) {
      throw in.malformed("field " + field + " of attempt " + row + " is text " + number);
    }
    return text;
  }

  private long value(int field, int row) {
    LongColumn column = columns[field];
    return column.size() == 0 ? absent(field) : column.at(Math.min(row, column.size() - 1));
  }

  /** What every row of a column that was left out stands for. */
  private static long absent(int field) {
    switch (field) {
      case COUNTS:
        return 1;
      case STAGE_IDS:
      case STAGE_ATTEMPTS:
      case RUN_QUEUE_NANOS:
      case SPAN_MILLIS:
        return -1;
      default:
        return 0;
    }
  }

  private static boolean isDelta(int field) {
    return field < OUTCOMES || field == RUN_QUEUE_NANOS || field == SPAN_MILLIS;
  }
}
