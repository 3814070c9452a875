// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.store.StoreException;
import io.plimsoll.store.influx.InfluxSettings;
import io.plimsoll.store.sqlite.SqliteStore;
import java.io.Serializable;
import java.nio.file.Path;

/** Opens the stores where the pipeline's writers run; it travels there with the job. */
public interface StoreOpener extends Serializable {
  /**
   * Opens the stores; called again after each failure.
   *
   * @throws StoreException when that is not possible now
   */
  OpenStores open();

  /** One SQLite file for everything. */
  static StoreOpener sqlite(Path file) {
    // A Path does not travel; its text does.
    String name = file.toAbsolutePath().toString();
    return () -> {
      SqliteStore store = SqliteStore.open(Path.of(name));
      return new OpenStores(store, store, store, store::close);
    };
  }

  /**
   * One SQLite file for everything, and a copy of series and facts in an InfluxDB, whose trouble
   * stays there.
   */
  static StoreOpener sqliteWithCopy(Path file, InfluxSettings influx) {
    String name = file.toAbsolutePath().toString();
    return () -> StoreCopies.open(SqliteStore.open(Path.of(name)), influx);
  }
}
