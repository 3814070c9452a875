// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Out of the host: bounded queues, envelopes, and the sinks that take them. Comes in: samples,
 * attempt records and engine events from any thread. Goes out: encoded envelopes, to Kafka, a
 * server or a file; what does not get out is counted and the count is sent. The rest of the agent
 * may call; this package calls the wire only. Kafka is touched nowhere else.
 */
package io.plimsoll.agent.emit;
