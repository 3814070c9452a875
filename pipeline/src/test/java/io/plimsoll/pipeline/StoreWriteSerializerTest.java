// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.diagnosis.finding.Evidence;
import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.diagnosis.finding.FindingState;
import io.plimsoll.diagnosis.finding.Impact;
import io.plimsoll.diagnosis.finding.Severity;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.RunCatalogue.RunSummary;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class StoreWriteSerializerTest {
  private static final RunKey RUN = new RunKey("länd", "app-1", 3);

  @Test
  void everyKindOfWriteSurvivesTheWay() throws IOException {
    Finding finding =
        new Finding(
            "skew",
            "stage:7.0",
            FindingState.FIRED,
            Severity.MODERATE,
            0.5,
            new Impact(Long.MAX_VALUE, 17, 3),
            "own history",
            List.of(new Evidence("p99", Double.NaN, "ms", "stage:7.0")),
            List.of(),
            "because",
            "");
    List<StoreWrite> writes =
        List.of(
            new StoreWrite.Rollups(
                List.of(
                    new Rollup(
                        RUN,
                        Rollup.Level.STAGE,
                        "7.0",
                        -10_000,
                        10_000,
                        9,
                        new TreeMap<>(Map.of("cpu", Long.MIN_VALUE, "rss.max", 2L))))),
            new StoreWrite.Summary(new RunSummary(RUN, "orders", "spark", 1, -1, false), 8),
            new StoreWrite.Findings(RUN, 7, List.of(finding)),
            new StoreWrite.Findings(RUN, 8, List.of()));
    for (StoreWrite write : writes) {
      assertThat(sent(write)).isEqualTo(write);
    }
  }

  @Test
  void bytesSurviveTheWay() throws IOException {
    StoreWrite.Fold fold =
        (StoreWrite.Fold) sent(new StoreWrite.Fold(RUN, new UUID(4, 5), 6, new byte[] {7, 8}));
    assertThat(fold.run()).isEqualTo(RUN);
    assertThat(fold.process()).isEqualTo(new UUID(4, 5));
    assertThat(fold.revision()).isEqualTo(6);
    assertThat(fold.fold()).containsExactly(7, 8);
    StoreWrite.Attempts attempts =
        (StoreWrite.Attempts) sent(new StoreWrite.Attempts(RUN, "1", new byte[] {9}));
    assertThat(attempts.executorId()).isEqualTo("1");
    assertThat(attempts.envelope()).containsExactly(9);
  }

  @Test
  void unknownKindIsNamed() {
    DataInputDeserializer in = new DataInputDeserializer(new byte[] {77});
    assertThatThrownBy(() -> new StoreWriteSerializer().deserialize(in))
        .isInstanceOf(IOException.class)
        .hasMessage("no store write has the kind 77");
  }

  @Test
  void checkpointFindsTheSerializerByItsClass() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    StoreWriteSerializer.FoldSerializer serializer = new StoreWriteSerializer.FoldSerializer();
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<StoreWrite.Fold> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(read.restoreSerializer()).isEqualTo(serializer);
    assertThat(serializer.snapshotConfiguration().resolveSchemaCompatibility(read))
        .satisfies(compatibility -> assertThat(compatibility.isCompatibleAsIs()).isTrue());
  }

  private static StoreWrite sent(StoreWrite write) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    new StoreWriteSerializer().serialize(write, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    StoreWrite read = new StoreWriteSerializer().deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }
}
