// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The store of one machine: one SQLite file with rollups, runs, findings, recommendations and
 * attempts. Comes in: complete aggregates with revisions. Goes out: the latest of each. Pipeline,
 * server and standalone may call; JDBC does not leave this package.
 */
@NullMarked
package io.plimsoll.store.sqlite;

import org.jspecify.annotations.NullMarked;
