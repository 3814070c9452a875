// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What diagnosis says, as immutable values. Comes in: nothing. Goes out: findings for store, API
 * and tuner. Everybody above diagnosis may call; this package calls nobody.
 */
@NullMarked
package io.plimsoll.diagnosis.finding;

import org.jspecify.annotations.NullMarked;
