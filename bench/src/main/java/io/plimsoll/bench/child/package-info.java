// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Small programs that benchmarks run in JVMs of their own, with and without an agent. Comes in:
 * arguments. Goes out: a line on stdout.
 */
@NullMarked
package io.plimsoll.bench.child;

import org.jspecify.annotations.NullMarked;
