// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.store.AttemptArchive;
import io.plimsoll.store.RunCatalogue;
import io.plimsoll.store.SeriesStore;
import java.io.Closeable;

/**
 * The open stores that one writer of the pipeline uses; they may be one object.
 *
 * @param closing closes all three
 */
public record OpenStores(
    SeriesStore series, RunCatalogue catalogue, AttemptArchive archive, Closeable closing) {}
