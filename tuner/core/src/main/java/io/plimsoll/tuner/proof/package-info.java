// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Compares two real runs. Comes in: the baseline's and the advised run's profile, and whether their
 * results were the same. Goes out: a {@link io.plimsoll.tuner.proof.Verdict}. Server, standalone
 * and bench may call; pure.
 */
@NullMarked
package io.plimsoll.tuner.proof;

import org.jspecify.annotations.NullMarked;
