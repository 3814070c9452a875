// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.profile.ProcessFold;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the pipeline keeps of one process: its fold, and what has not been written yet. */
final class ProcessState {
  static final TypeInformation<ProcessState> TYPE =
      new RecordType<>(ProcessState.class, new ProcessStateSerializer());
  static final long NO_TIMER = -1;

  private final ProcessFold fold;
  private final List<byte[]> unwrittenAttempts;
  private boolean changed;
  private long heardMillis;
  private long newsTimerMillis = NO_TIMER;
  private long dropTimerMillis = NO_TIMER;

  ProcessState(ProcessFold fold) {
    this(fold, new ArrayList<>());
  }

  private ProcessState(ProcessFold fold, List<byte[]> unwrittenAttempts) {
    this.fold = fold;
    this.unwrittenAttempts = unwrittenAttempts;
  }

  ProcessFold fold() {
    return fold;
  }

  /** Notes that the fold absorbed an envelope. */
  void heard(long nowMillis) {
    changed = true;
    heardMillis = nowMillis;
  }

  void addUnwrittenAttempts(byte[] envelope) {
    unwrittenAttempts.add(envelope);
  }

  boolean isChanged() {
    return changed;
  }

  long heardMillis() {
    return heardMillis;
  }

  /** Envelopes with attempts that have not been written yet. */
  List<byte[]> unwrittenAttempts() {
    return List.copyOf(unwrittenAttempts);
  }

  /** Notes that everything has been written. */
  void written() {
    changed = false;
    unwrittenAttempts.clear();
    fold.markClean();
  }

  long newsTimerMillis() {
    return newsTimerMillis;
  }

  void newsTimer(long atMillis) {
    newsTimerMillis = atMillis;
  }

  long dropTimerMillis() {
    return dropTimerMillis;
  }

  void dropTimer(long atMillis) {
    dropTimerMillis = atMillis;
  }

  static final class ProcessStateSerializer extends RecordSerializer<ProcessState> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    ProcessStateSerializer() {}

    @Override
    void write(ProcessState value, DataOutputView out) throws IOException {
      out.writeByte(VERSION);
      writeBytes(value.fold.toBytes(), out);
      out.writeInt(value.unwrittenAttempts.size());
      for (byte[] envelope : value.unwrittenAttempts) {
        writeBytes(envelope, out);
      }
      out.writeBoolean(value.changed);
      out.writeLong(value.heardMillis);
      out.writeLong(value.newsTimerMillis);
      out.writeLong(value.dropTimerMillis);
    }

    @Override
    ProcessState read(DataInputView in) throws IOException {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException(
            "the checkpoint holds a process of version " + version + ", known is " + VERSION);
      }
      ProcessState state = new ProcessState(ProcessFold.fromBytes(readBytes(in)));
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        state.unwrittenAttempts.add(readBytes(in));
      }
      state.changed = in.readBoolean();
      state.heardMillis = in.readLong();
      state.newsTimerMillis = in.readLong();
      state.dropTimerMillis = in.readLong();
      return state;
    }

    @Override
    public boolean isImmutableType() {
      return false;
    }

    @Override
    public ProcessState copy(ProcessState value) {
      ProcessState copy =
          new ProcessState(value.fold.copy(), new ArrayList<>(value.unwrittenAttempts));
      copy.changed = value.changed;
      copy.heardMillis = value.heardMillis;
      copy.newsTimerMillis = value.newsTimerMillis;
      copy.dropTimerMillis = value.dropTimerMillis;
      return copy;
    }
  }
}
