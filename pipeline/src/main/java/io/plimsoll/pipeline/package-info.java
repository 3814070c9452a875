// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The Flink application between the bus and the store. Comes in: envelopes from Kafka. Goes out:
 * complete aggregates with revisions to the store, unreadable bytes to {@code
 * plimsoll.dead-letters}. Server and standalone may start it; Flink's types do not leave this
 * package.
 */
@NullMarked
package io.plimsoll.pipeline;

import org.jspecify.annotations.NullMarked;
