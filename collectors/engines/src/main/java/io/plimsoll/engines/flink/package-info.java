// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Flink's REST answers and HistoryServer archives come in, wire events and samples of its jobs go
 * out; whoever runs pollers or reads archives may call.
 */
@NullMarked
package io.plimsoll.engines.flink;

import org.jspecify.annotations.NullMarked;
