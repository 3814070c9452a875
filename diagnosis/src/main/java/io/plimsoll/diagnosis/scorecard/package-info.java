// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Cost, efficiency and stability of a run or of a job's runs, as scores whose every lost point
 * names its metric. Comes in: {@link io.plimsoll.profile.RunProfile}s. Goes out: a {@link
 * io.plimsoll.diagnosis.scorecard.Scorecard}. CLI, server and bench may call; pure. The formula is
 * published in docs/scorecard.md.
 */
@NullMarked
package io.plimsoll.diagnosis.scorecard;

import org.jspecify.annotations.NullMarked;
