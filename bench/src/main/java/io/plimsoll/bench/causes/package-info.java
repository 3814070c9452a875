// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Benchmarks of the root-cause ranking. Comes in: labelled faults of others, graphs made here. Goes
 * out: how often the cause is found, how long it takes. {@code bench} alone calls.
 */
@NullMarked
package io.plimsoll.bench.causes;

import org.jspecify.annotations.NullMarked;
