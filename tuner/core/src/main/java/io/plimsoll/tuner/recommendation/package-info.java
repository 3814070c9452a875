// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What the tuner says, as immutable values. Comes in: nothing. Goes out: recommendations for store,
 * API and people. Store and everybody above may call; this package calls nobody but profile's ids.
 */
@NullMarked
package io.plimsoll.tuner.recommendation;

import org.jspecify.annotations.NullMarked;
