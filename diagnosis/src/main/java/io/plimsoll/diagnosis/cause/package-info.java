// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * From deviations to causes. Comes in: a {@link io.plimsoll.diagnosis.graph.LinkGraph}, severities
 * per component and family, severities of links, symptoms. Goes out: a {@link
 * io.plimsoll.diagnosis.cause.Ranking} of causes with path and evidence, or an abstention with its
 * reason. Pure, without clock or I/O; {@code diagnosis.locate}, pipeline and bench may call. Why it
 * is built so: docs/decisions/0022-causes-by-explaining-away.md.
 */
@NullMarked
package io.plimsoll.diagnosis.cause;

import org.jspecify.annotations.NullMarked;
