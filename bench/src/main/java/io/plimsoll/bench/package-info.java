// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Benchmarks that print figures; never tests. Comes in: a benchmark's name. Goes out: a table and,
 * when asked, JSON. {@code ./plimsoll bench} calls.
 */
@NullMarked
package io.plimsoll.bench;

import org.jspecify.annotations.NullMarked;
