// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.diagnosis.finding.Finding;
import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.RunKey;
import io.plimsoll.store.RunCatalogue.RunSummary;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Something that the store is to keep: always a complete aggregate, never a delta. */
sealed interface StoreWrite {
  TypeInformation<StoreWrite> TYPE = new RecordType<>(StoreWrite.class, new StoreWriteSerializer());

  /**
   * All that one process has said.
   *
   * @param fold the bytes of a {@code ProcessFold}
   */
  record Fold(RunKey run, UUID process, long revision, byte[] fold) implements StoreWrite {
    static final TypeInformation<Fold> TYPE =
        new RecordType<>(Fold.class, new StoreWriteSerializer.FoldSerializer());
  }

  /**
   * Task attempts, as the envelope that brought them.
   *
   * @param executorId of the process, as far as it is known now
   */
  record Attempts(RunKey run, String executorId, byte[] envelope) implements StoreWrite {}

  /** Windows whose values have changed. */
  record Rollups(List<Rollup> rollups) implements StoreWrite {
    public Rollups {
      rollups = List.copyOf(rollups);
    }
  }

  /** A run's line in the catalogue. */
  record Summary(RunSummary summary, long revision) implements StoreWrite {}

  /** All findings of a run. */
  record Findings(RunKey run, long revision, List<Finding> findings) implements StoreWrite {
    public Findings {
      findings = List.copyOf(findings);
    }
  }
}
