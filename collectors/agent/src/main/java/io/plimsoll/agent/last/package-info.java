// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The last records of a process outlive it: comes in, envelopes that no sink has yet; goes out, a
 * small file per process, and the files of dead processes as envelopes again. The agent's session
 * calls; this package calls the emitter and the wire.
 */
package io.plimsoll.agent.last;
