// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Spark applications to measure: TPC-H data made on the spot, and a demo analysis over it with a
 * result that two runs can compare. Comes in: a folder and arguments. Goes out: Parquet tables, a
 * result file. Submitted to Spark; no other Plimsoll code calls in, and it calls no other.
 */
@NullMarked
package io.plimsoll.workloads;

import org.jspecify.annotations.NullMarked;
