// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Ports for what outlives a process: rollup series, the catalogue of runs, the archive of attempts.
 * Comes in: complete aggregates with revisions. Goes out: the latest of each. Pipeline writes,
 * server reads; adapters live in sub-packages and pass one inherited contract test per port.
 */
@NullMarked
package io.plimsoll.store;

import org.jspecify.annotations.NullMarked;
