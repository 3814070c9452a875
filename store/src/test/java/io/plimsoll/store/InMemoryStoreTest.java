// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store;

import org.junit.jupiter.api.Nested;

class InMemoryStoreTest {
  @Nested
  class Series extends SeriesStoreContract {
    @Override
    protected SeriesStore open() {
      return new InMemoryStore();
    }
  }

  @Nested
  class Catalogue extends RunCatalogueContract {
    @Override
    protected RunCatalogue open() {
      return new InMemoryStore();
    }
  }

  @Nested
  class Archive extends AttemptArchiveContract {
    @Override
    protected AttemptArchive open() {
      return new InMemoryStore();
    }
  }
}
