// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Event logs of real Spark runs in which one thing was made wrong on purpose, and what is said of
 * them. Comes in: kinds of problems with the answers that were written down before. Goes out: logs,
 * and hits and misses of ours and of the published rules of others. Called by {@code bench} alone.
 * See docs/decisions/0025-planted-runs.md.
 */
@NullMarked
package io.plimsoll.bench.planted;

import org.jspecify.annotations.NullMarked;
