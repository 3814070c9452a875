// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * A verdict from files, without a server: event logs of Spark and archives of Flink's
 * HistoryServer. Comes in: paths. Goes out: a report for a terminal, JSON with the run object, and
 * an exit code. The CLI and the benchmarks call.
 */
@NullMarked
package io.plimsoll.standalone.analyze;

import org.jspecify.annotations.NullMarked;
