// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.tree;

/**
 * What one process tree used.
 *
 * @param exit exit code of the first process; -1 when it had to be ended
 * @param wallMillis from start to end
 * @param cpuNanos user and system time of all processes of the tree
 * @param exact true when a control group counted the CPU; else /proc did, in steps of 10 ms and
 *     without up to 0.2 s before each process's end
 * @param peakRssBytes sum of the processes' own high-water marks
 * @param threads most threads at one look, all processes together
 * @param processes how many there were
 */
public record Usage(
    int exit,
    long wallMillis,
    long cpuNanos,
    boolean exact,
    long peakRssBytes,
    int threads,
    int processes) {}
