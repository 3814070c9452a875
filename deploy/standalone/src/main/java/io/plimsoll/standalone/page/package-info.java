// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The self-contained HTML page of analyzed runs: inline style and pictures, no script, nothing
 * loaded from elsewhere. Comes in: {@link io.plimsoll.standalone.reading.AnalyzedRun}s. Goes out: a
 * file. The CLI calls.
 */
@NullMarked
package io.plimsoll.standalone.page;

import org.jspecify.annotations.NullMarked;
