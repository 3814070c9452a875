// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What the agent's inner steps cost, one by one, in the jar as it is shipped. Comes in: that jar's
 * path. Goes out: microseconds per step. The overhead benchmark calls.
 */
@NullMarked
package io.plimsoll.bench.jmh;

import org.jspecify.annotations.NullMarked;
