// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Envelopes to protobuf bytes and back (schema: {@code src/main/proto/plimsoll_v1.proto}). Comes
 * in: {@link io.plimsoll.wire.Envelope}s or bytes. Goes out: the other. Agents, readers, profile,
 * pipeline and server may call.
 */
package io.plimsoll.wire.codec;
