// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The white box: from one observed run to settings for the next. Comes in: a {@link
 * io.plimsoll.profile.RunProfile} and its findings. Goes out: a {@link
 * io.plimsoll.tuner.recommendation.Recommendation} in which every number carries its formula and
 * inputs, or an abstention. Server, standalone and bench may call; pure.
 */
@NullMarked
package io.plimsoll.tuner.whitebox;

import org.jspecify.annotations.NullMarked;
