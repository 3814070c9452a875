// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The diagnosis points: declared over one metric of a type of component ({@link
 * io.plimsoll.diagnosis.signal}), or a small class over a {@link io.plimsoll.profile.RunProfile}
 * where a declaration cannot say it. Comes in: what was observed. Goes out: findings, each with its
 * evidence. {@link io.plimsoll.diagnosis.Diagnosis} calls all of them; others read their
 * descriptions through {@link io.plimsoll.diagnosis.point.Catalogue}.
 */
@NullMarked
package io.plimsoll.diagnosis.point;

import org.jspecify.annotations.NullMarked;
