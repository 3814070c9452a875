// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Ranks the nodes of anybody's graph. Comes in: a case as JSON. Goes out: the answer as text and as
 * JSON. The CLI calls; the ranking itself is {@code diagnosis.locate}'s.
 */
@NullMarked
package io.plimsoll.standalone.locate;

import org.jspecify.annotations.NullMarked;
