// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import io.plimsoll.profile.FoldFormatException;
import io.plimsoll.profile.ProcessFold;
import io.plimsoll.profile.RunFold;
import io.plimsoll.profile.RunKey;
import io.plimsoll.profile.RunProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A run as a store keeps it: one fold for each process. For adapters of {@link RunCatalogue}.
 *
 * @param folds the bytes of each {@code ProcessFold}
 * @param complete what the run's summary says: nothing more is expected of any process
 */
public record StoredFolds(List<byte[]> folds, boolean complete) {
  public StoredFolds {
    folds = List.copyOf(folds);
  }

  /**
   * The run's profile; empty without processes.
   *
   * @param store the store's name, for the message when a fold is not readable
   * @throws StoreException when a fold was written by another version
   */
  public Optional<RunProfile> profile(RunKey run, String store) {
    if (folds.isEmpty()) {
      return Optional.empty();
    }
    List<ProcessFold> processes = new ArrayList<>(folds.size());
    Set<UUID> silent = new HashSet<>();
    for (byte[] bytes : folds) {
      ProcessFold process = read(bytes, run, store);
      processes.add(process);
      if (complete) {
        silent.add(process.process());
      }
    }
    RunProfile profile = RunFold.profile(run, processes, silent);
    // That every process has told its end does not mean that all they said has arrived.
    return Optional.of(complete ? profile : profile.incomplete());
  }

  private static ProcessFold read(byte[] bytes, RunKey run, String store) {
    try {
      return ProcessFold.fromBytes(bytes);
    } catch (FoldFormatException e) {
      throw new StoreException(
          StoreException.Code.INCOMPATIBLE,
          "store "
              + store
              + " holds a process of run "
              + run.id()
              + " that this version cannot read ("
              + e.getMessage()
              + "); use the version that wrote it",
          e);
    }
  }
}
