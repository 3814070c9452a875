// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The {@code -javaagent} itself. Comes in: one option line, and the host JVM. Goes out: envelopes,
 * by {@link io.plimsoll.agent.emit}. Only the JVM calls; whatever goes wrong here is said in one
 * line and the host runs on.
 */
package io.plimsoll.agent;
