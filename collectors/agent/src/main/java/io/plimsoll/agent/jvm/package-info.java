// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What this JVM says about itself: memory, collections, threads, CPU. Comes in: the platform's
 * management beans and {@link io.plimsoll.agent.proc}. Goes out: samples and collection events,
 * into the outbox. Only the agent's own threads may call; nothing here runs while the host starts.
 */
package io.plimsoll.agent.jvm;
