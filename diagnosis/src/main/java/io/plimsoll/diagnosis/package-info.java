// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * From profiles to findings. Comes in: a {@link io.plimsoll.profile.RunProfile}, of a running or a
 * finished run. Goes out: one or more {@link io.plimsoll.diagnosis.finding.Finding}s of every
 * diagnosis point. Pipeline, server and bench may call; pure, without clock or I/O.
 */
@NullMarked
package io.plimsoll.diagnosis;

import org.jspecify.annotations.NullMarked;
