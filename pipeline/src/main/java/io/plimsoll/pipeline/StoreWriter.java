// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what is to be stored and stores it every second, at each checkpoint, and when much has
 * gathered. While the store is unavailable the batch is kept and tried again; only at a checkpoint
 * or with a full batch it waits, and when its patience ends the job starts anew from its last
 * checkpoint, so nothing is lost. One thread calls.
 */
final class StoreWriter implements SinkWriter<StoreWrite> {
  static final int FULL = 20_000;
  static final Duration STORE_EVERY = Duration.ofSeconds(1);

  private static final Logger logger = LoggerFactory.getLogger(StoreWriter.class);
  private static final long RETRY_MILLIS = 500;

  private final StoreOpener opener;
  private final Duration patience;
  private final ProcessingTimeService time;
  private StoreBatch batch = new StoreBatch();
  private @Nullable OpenStores stores;
  private @Nullable StoreException trouble;

  StoreWriter(StoreOpener opener, Duration patience, ProcessingTimeService time) {
    this.opener = opener;
    this.patience = patience;
    this.time = time;
    storeLater();
  }

  @Override
  public void write(StoreWrite write, Context context) throws IOException, InterruptedException {
    batch.add(write);
    if (batch.size() >= FULL) {
      storeNow();
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    storeNow();
  }

  @Override
  public void close() throws IOException {
    OpenStores open = stores;
    stores = null;
    if (open != null) {
      open.closing().close();
    }
  }

  private void storeLater() {
    time.registerTimer(
        time.getCurrentProcessingTime() + STORE_EVERY.toMillis(),
        now -> {
          isStored();
          storeLater();
        });
  }

  private void storeNow() throws IOException, InterruptedException {
    long giveUpNanos = System.nanoTime() + patience.toNanos();
    while (!isStored()) {
      if (System.nanoTime() - giveUpNanos > 0) {
        throw new IOException(
            trouble == null ? "the store is unavailable" : trouble.getMessage(), trouble);
      }
      Thread.sleep(RETRY_MILLIS);
    }
  }

  /** Tries once; false when the store is unavailable and the batch still waits. */
  private boolean isStored() {
    if (batch.size() == 0) {
      return true;
    }
    try {
      OpenStores open = stores;
      if (open == null) {
        open = opener.open();
        stores = open;
      }
      batch.storeIn(open);
      batch = new StoreBatch();
      if (trouble != null) {
        logger.info("the store is available again; everything that waited is stored");
        trouble = null;
      }
      return true;
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.INCOMPATIBLE) {
        throw e;
      }
      if (trouble == null) {
        logger.warn("{}; {} writes wait", e.getMessage(), batch.size());
      }
      trouble = e;
      return false;
    }
  }
}
