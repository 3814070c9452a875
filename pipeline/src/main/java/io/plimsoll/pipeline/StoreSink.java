// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** The end of the pipeline: idempotent upserts, at least once, hence exactly the final values. */
final class StoreSink implements Sink<StoreWrite> {
  private static final long serialVersionUID = 1L;

  private final StoreOpener opener;
  private final Duration patience;

  StoreSink(StoreOpener opener, Duration patience) {
    this.opener = opener;
    this.patience = patience;
  }

  @Override
  public SinkWriter<StoreWrite> createWriter(WriterInitContext context) {
    return new StoreWriter(opener, patience, context.getProcessingTimeService());
  }
}
