// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.RunCatalogue.RunSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Store writes on their way between two tasks. They are in no checkpoint. */
final class StoreWriteSerializer extends RecordSerializer<StoreWrite> {
  private static final long serialVersionUID = 1L;
  private static final int FOLD = 1;
  private static final int ATTEMPTS = 2;
  private static final int ROLLUPS = 3;
  private static final int SUMMARY = 4;
  private static final int FINDINGS = 5;

  StoreWriteSerializer() {}

  @Override
  void write(StoreWrite value, DataOutputView out) throws IOException {
    if (value instanceof StoreWrite.Fold fold) {
      out.writeByte(FOLD);
      writeFold(fold, out);
    } else if (value instanceof StoreWrite.Attempts attempts) {
      out.writeByte(ATTEMPTS);
      writeRun(attempts.run(), out);
      writeText(attempts.executorId(), out);
      writeBytes(attempts.envelope(), out);
    } else if (value instanceof StoreWrite.Rollups rollups) {
      out.writeByte(ROLLUPS);
      out.writeInt(rollups.rollups().size());
      for (Rollup rollup : rollups.rollups()) {
        writeRollup(rollup, out);
      }
    } else if (value instanceof StoreWrite.Summary summary) {
      out.writeByte(SUMMARY);
      writeSummary(summary, out);
    } else if (value instanceof StoreWrite.Findings findings) {
      out.writeByte(FINDINGS);
      writeRun(findings.run(), out);
      out.writeLong(findings.revision());
      out.writeInt(findings.findings().size());
      for (Finding finding : findings.findings()) {
        writeFinding(finding, out);
      }
    }
  }

  @Override
  StoreWrite read(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case FOLD -> readFold(in);
      case ATTEMPTS -> new StoreWrite.Attempts(readRun(in), readText(in), readBytes(in));
      case ROLLUPS -> {
        int count = in.readInt();
        List<Rollup> rollups = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          rollups.add(readRollup(in));
        }
        yield new StoreWrite.Rollups(rollups);
      }
      case SUMMARY -> readSummary(in);
      case FINDINGS -> {
        RunKey run = readRun(in);
        long revision = in.readLong();
        int count = in.readInt();
        List<Finding> findings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          findings.add(readFinding(in));
        }
        yield new StoreWrite.Findings(run, revision, findings);
      }
      default -> throw new IOException("no store write has the kind " + kind);
    };
  }

  private static void writeRun(RunKey run, DataOutputView out) throws IOException {
    writeText(run.cluster(), out);
    writeText(run.application(), out);
    out.writeInt(run.attempt());
  }

  private static RunKey readRun(DataInputView in) throws IOException {
    return new RunKey(readText(in), readText(in), in.readInt());
  }

  private static void writeFold(StoreWrite.Fold fold, DataOutputView out) throws IOException {
    writeRun(fold.run(), out);
    out.writeLong(fold.process().getMostSignificantBits());
    out.writeLong(fold.process().getLeastSignificantBits());
    out.writeLong(fold.revision());
    writeBytes(fold.fold(), out);
  }

  private static StoreWrite.Fold readFold(DataInputView in) throws IOException {
    return new StoreWrite.Fold(
        readRun(in), new UUID(in.readLong(), in.readLong()), in.readLong(), readBytes(in));
  }

  private static void writeRollup(Rollup rollup, DataOutputView out) throws IOException {
    writeRun(rollup.run(), out);
    out.writeByte(rollup.level().ordinal());
    writeText(rollup.entity(), out);
    out.writeLong(rollup.windowStartMillis());
    out.writeLong(rollup.windowMillis());
    out.writeLong(rollup.revision());
    out.writeInt(rollup.values().size());
    for (Map.Entry<String, Long> value : rollup.values().entrySet()) {
      writeText(value.getKey(), out);
      out.writeLong(value.getValue());
    }
  }

  private static Rollup readRollup(DataInputView in) throws IOException {
    RunKey run = readRun(in);
    Rollup.Level level = Rollup.Level.values()[in.readByte()];
    String entity = readText(in);
    long start = in.readLong();
    long width = in.readLong();
    long revision = in.readLong();
    int count = in.readInt();
    SortedMap<String, Long> values = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      values.put(readText(in), in.readLong());
    }
    return new Rollup(run, level, entity, start, width, revision, values);
  }

  private static void writeSummary(StoreWrite.Summary write, DataOutputView out)
      throws IOException {
    RunSummary summary = write.summary();
    writeRun(summary.key(), out);
    writeText(summary.name(), out);
    writeText(summary.engine(), out);
    out.writeLong(summary.startMillis());
    out.writeLong(summary.endMillis());
    out.writeBoolean(summary.complete());
    out.writeLong(write.revision());
  }

  private static StoreWrite.Summary readSummary(DataInputView in) throws IOException {
    RunSummary summary =
        new RunSummary(
            readRun(in),
            readText(in),
            readText(in),
            in.readLong(),
            in.readLong(),
            in.readBoolean());
    return new StoreWrite.Summary(summary, in.readLong());
  }

  private static void writeFinding(Finding finding, DataOutputView out) throws IOException {
    writeText(finding.point(), out);
    writeText(finding.component(), out);
    out.writeByte(finding.state().ordinal());
    out.writeByte(finding.severity().ordinal());
    out.writeDouble(finding.confidence());
    out.writeLong(finding.impact().mebibyteMillis());
    out.writeLong(finding.impact().coreMillis());
    out.writeLong(finding.impact().wallMillis());
    writeText(finding.reference(), out);
    writeEvidence(finding.evidence(), out);
    writeEvidence(finding.counterEvidence(), out);
    writeText(finding.reason(), out);
    writeText(finding.advice(), out);
  }

  private static Finding readFinding(DataInputView in) throws IOException {
    return new Finding(
        readText(in),
        readText(in),
        FindingState.values()[in.readByte()],
        Severity.values()[in.readByte()],
        in.readDouble(),
        new Impact(in.readLong(), in.readLong(), in.readLong()),
        readText(in),
        readEvidence(in),
        readEvidence(in),
        readText(in),
        readText(in));
  }

  private static void writeEvidence(List<Evidence> evidence, DataOutputView out)
      throws IOException {
    out.writeInt(evidence.size());
    for (Evidence one : evidence) {
      writeText(one.name(), out);
      out.writeDouble(one.value());
      writeText(one.unit(), out);
      writeText(one.source(), out);
    }
  }

  private static List<Evidence> readEvidence(DataInputView in) throws IOException {
    int count = in.readInt();
    List<Evidence> evidence = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      evidence.add(new Evidence(readText(in), in.readDouble(), readText(in), readText(in)));
    }
    return evidence;
  }

  /** Folds alone, on the way from processes to runs and in the state of runs. */
  static final class FoldSerializer extends RecordSerializer<StoreWrite.Fold> {
    private static final long serialVersionUID = 1L;

    FoldSerializer() {}

    @Override
    void write(StoreWrite.Fold value, DataOutputView out) throws IOException {
      writeFold(value, out);
    }

    @Override
    StoreWrite.Fold read(DataInputView in) throws IOException {
      return readFold(in);
    }
  }
}
