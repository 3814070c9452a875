// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import io.plimsoll.wire.AttemptOutcome;
import io.plimsoll.wire.AttemptRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code AttemptBatch} of the schema: records to columns and back. */
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

  /** The columns by field number; index 0 is empty. */
  private final LongColumn[] columns = new LongColumn[OUTCOMES + 1];

  private AttemptCodec() {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new LongColumn();
    }
  }

  static MessageWriter write(List<AttemptRecord> attempts) {
    AttemptCodec codec = new AttemptCodec();
    for (AttemptRecord attempt : attempts) {
      codec.columns[TASK_IDS].add(attempt.taskId());
      codec.columns[STAGE_IDS].add(attempt.stageId());
      codec.columns[STAGE_ATTEMPTS].add(attempt.stageAttempt());
      codec.columns[PARTITIONS].add(attempt.partition());
      codec.columns[ATTEMPT_NUMBERS].add(attempt.attemptNumber());
      codec.columns[START_EPOCH_MILLIS].add(attempt.startEpochMillis());
      codec.columns[WALL_NANOS].add(attempt.wallNanos());
      codec.columns[CPU_NANOS].add(attempt.cpuNanos());
      codec.columns[ALLOCATED_BYTES].add(attempt.allocatedBytes());
      codec.columns[OUTCOMES].add(attempt.outcome().ordinal());
    }
    MessageWriter out = new MessageWriter();
    for (int field = TASK_IDS; field < OUTCOMES; field++) {
      out.packedDeltas(field, codec.columns[field]);
    }
    out.packedUint32(OUTCOMES, codec.columns[OUTCOMES]);
    return out;
  }

  static List<AttemptRecord> read(MessageReader in) throws IOException, WireException {
    AttemptCodec codec = new AttemptCodec();
    while (in.next()) {
      int field = in.field();
      if (field >= TASK_IDS && field < OUTCOMES) {
        in.deltas(codec.columns[field]);
      } else if (field == OUTCOMES) {
        in.uint32s(codec.columns[OUTCOMES]);
      } else {
        in.skip();
      }
    }
    int rows = codec.columns[TASK_IDS].size();
    for (int field = STAGE_IDS; field <= OUTCOMES; field++) {
      int size = codec.columns[field].size();
      if (size != rows) {
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
        .cpuNanos(columns[CPU_NANOS].at(row))
        .allocatedBytes(columns[ALLOCATED_BYTES].at(row))
        .outcome(outcome(columns[OUTCOMES].at(row)))
        .build();
  }

  private int integer(MessageReader in, int field, int row) throws WireException {
    long value = columns[field].at(row);
    if (value != (int) value) {
      throw in.malformed("field " + field + " of attempt " + row + " is " + value);
    }
    return (int) value;
  }

  private static AttemptOutcome outcome(long wireValue) {
    AttemptOutcome[] known = AttemptOutcome.values();
    return wireValue < known.length ? known[(int) wireValue] : AttemptOutcome.UNKNOWN;
  }
}
