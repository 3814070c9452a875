// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Pure folds from wire messages to profiles of processes, stages and runs. Comes in: {@link
 * io.plimsoll.wire.Envelope}s, in any order, with replays. Goes out: immutable profiles in whole
 * bytes, nanoseconds and epoch milliseconds, by {@link io.plimsoll.profile.ProcessFold} for one
 * process and {@link io.plimsoll.profile.RunFold} for the processes of a run. Diagnosis, tuner,
 * store, pipeline and server may call; this package does no I/O and knows no Flink.
 */
@NullMarked
package io.plimsoll.profile;

import org.jspecify.annotations.NullMarked;
