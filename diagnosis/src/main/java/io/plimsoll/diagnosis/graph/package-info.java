// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What hangs on what. Comes in: typed components and typed links, each from the one that depends to
 * the one it depends on. Goes out: an immutable {@link io.plimsoll.diagnosis.graph.LinkGraph} for
 * up to millions of components, with the rules of which symptom family explains which. Pure; {@code
 * diagnosis.cause} and {@code diagnosis.locate} call, and whoever builds graphs.
 */
@NullMarked
package io.plimsoll.diagnosis.graph;

import org.jspecify.annotations.NullMarked;
