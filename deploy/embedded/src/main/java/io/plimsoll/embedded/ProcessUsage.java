// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

/**
 * What the kernel counted for one process, up to the last look. After its end the last values stay;
 * at most one poll period of its CPU time, and its reaped children's, are not in them.
 *
 * @param pid the process id
 * @param commandLine the words of its command, one blank between; empty when never seen
 * @param startEpochMillis when the process started, to about a second
 * @param firstSeenEpochMillis when it was first looked at
 * @param lastSeenEpochMillis when it was last found alive
 * @param cpuNanos user plus system time of all its threads, ended ones too, in steps of 10 ms
 * @param rssBytes resident memory at the last look
 * @param peakRssBytes the kernel's own high-water mark of resident memory
 * @param rssByteMillis resident memory integrated over time from the first look, each look's value
 *     held until the next
 * @param alive whether the process still ran at the last poll
 */
public record ProcessUsage(
    long pid,
    String commandLine,
    long startEpochMillis,
    long firstSeenEpochMillis,
    long lastSeenEpochMillis,
    long cpuNanos,
    long rssBytes,
    long peakRssBytes,
    long rssByteMillis,
    boolean alive) {}
