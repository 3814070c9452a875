// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The ranking on anybody's graph. Comes in: the nodes, edges and symptom of a case, then its series
 * one by one. Goes out: an {@link io.plimsoll.diagnosis.locate.Answer} in the case's own names,
 * with notes on all that could not be used. Pure, without clock, I/O or JSON; the command line and
 * bench may call.
 */
@NullMarked
package io.plimsoll.diagnosis.locate;

import org.jspecify.annotations.NullMarked;
