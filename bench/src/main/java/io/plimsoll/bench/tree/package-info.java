// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Child processes and what they and all they start use. Comes in: a command. Goes out: CPU from a
 * control group of their own where one can be made, else from /proc; memory, threads, exit code.
 * The benchmarks call.
 */
@NullMarked
package io.plimsoll.bench.tree;

import org.jspecify.annotations.NullMarked;
