// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Rollups in a user's InfluxDB: line protocol v1 and InfluxQL, which 1.x, 2.x and 3.x take. Comes
 * in: complete aggregates with revisions. Goes out: points whose tags are few and decided
 * (docs/decisions/0030). Pipeline and standalone may call; the client's types do not leave this
 * package.
 */
@NullMarked
package io.plimsoll.store.influx;

import org.jspecify.annotations.NullMarked;
