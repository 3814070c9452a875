// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * From files to judged runs: event logs of Spark and archives of Flink's HistoryServer are found,
 * read once, folded and diagnosed. Comes in: paths. Goes out: {@link
 * io.plimsoll.standalone.reading.AnalyzedRun}s and what could not be read. The commands that report
 * and compare call.
 */
@NullMarked
package io.plimsoll.standalone.reading;

import org.jspecify.annotations.NullMarked;
