// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.sqlite;

import io.plimsoll.store.AttemptArchive;
import io.plimsoll.store.AttemptArchiveContract;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.RunCatalogueContract;
import io.plimsoll.store.SeriesStore;
import io.plimsoll.store.SeriesStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreIT {
  @TempDir private Path folder;
  private SqliteStore store;

  @AfterEach
  void close() {
    store.close();
  }

  private SqliteStore openStore() {
    store = SqliteStore.open(folder.resolve("plimsoll.db"));
    return store;
  }

  @Nested
  class Series extends SeriesStoreContract {
    @Override
    protected SeriesStore open() {
      return openStore();
    }
  }

  @Nested
  class Catalogue extends RunCatalogueContract {
    @Override
    protected RunCatalogue open() {
      return openStore();
    }
  }

  @Nested
  class Archive extends AttemptArchiveContract {
    @Override
    protected AttemptArchive open() {
      return openStore();
    }
  }
}
