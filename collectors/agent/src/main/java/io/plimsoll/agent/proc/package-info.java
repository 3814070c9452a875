// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What the Linux kernel says about this process: memory, CPU per group of threads, child processes,
 * cgroup limits and what is left below them. Comes in: the text of files under {@code /proc} and
 * {@code /sys/fs/cgroup}, or a recording of them. Goes out: readings, each with its source; what
 * the kernel does not tell is absent and named. The agent's sampler may call; this package calls
 * nobody.
 */
package io.plimsoll.agent.proc;
