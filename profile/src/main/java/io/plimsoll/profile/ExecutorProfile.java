// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import org.jspecify.annotations.Nullable;

/**
 * An executor as its driver saw it.
 *
 * @param cores the cores it offered
 * @param addedMillis epoch milliseconds
 * @param removedMillis epoch milliseconds, -1 while present
 * @param removedReason the engine's word, null while present
 */
public record ExecutorProfile(
    String executorId,
    String host,
    int cores,
    long addedMillis,
    long removedMillis,
    @Nullable String removedReason) {}
