// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What changed between two runs, ranked by what explains the difference in time. Comes in: two
 * {@link io.plimsoll.standalone.reading.AnalyzedRun}s. Goes out: a report and JSON. The CLI calls.
 */
@NullMarked
package io.plimsoll.standalone.compare;

import org.jspecify.annotations.NullMarked;
