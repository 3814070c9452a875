// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * From profiles to findings. Comes in: a {@link io.plimsoll.diagnosis.DiagnosisRequest} with the
 * {@link io.plimsoll.profile.RunProfile} of a running or a finished run, the profiles of the
 * components it uses, its job's history and mutes. Goes out: one or more {@link
 * io.plimsoll.diagnosis.finding.Finding}s of every diagnosis point, and how much of the catalogue
 * was looked at. Pipeline, server and bench may call; pure, without clock or I/O.
 */
@NullMarked
package io.plimsoll.diagnosis;

import org.jspecify.annotations.NullMarked;
