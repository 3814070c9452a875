// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Onto the message bus: comes in, encoded envelopes that the API took; goes out, the same bytes on
 * the topics of their streams, keyed by process. The API and the server's start may call. The only
 * place of the server where Kafka is touched.
 */
@NullMarked
package io.plimsoll.server.bus;

import org.jspecify.annotations.NullMarked;
