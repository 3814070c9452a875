// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The diagnosis points, one small class each. Comes in: a {@link io.plimsoll.profile.RunProfile}.
 * Goes out: findings, each with its evidence. {@link io.plimsoll.diagnosis.Diagnosis} calls all of
 * them; others read their descriptions through {@link io.plimsoll.diagnosis.point.Catalogue}.
 */
@NullMarked
package io.plimsoll.diagnosis.point;

import org.jspecify.annotations.NullMarked;
