// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What the Linux kernel says about this process: memory, CPU per kind of thread, cgroup limits.
 * Comes in: the text of files under {@code /proc} and {@code /sys/fs/cgroup}. Goes out: plain
 * numbers, -1 where the kernel does not tell. The agent's sampler may call; this package calls
 * nobody.
 */
package io.plimsoll.agent.proc;
