// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The attempts that run in this JVM, whatever engine they are of. Comes in: their edges, told by
 * the engines' hooks on the attempts' own threads. Goes out: one record per attempt at its end, and
 * while it runs what it has used so far, read by the agent's thread.
 */
package io.plimsoll.agent.attempt;
