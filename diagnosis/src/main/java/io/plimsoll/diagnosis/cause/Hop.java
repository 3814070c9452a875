// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

import io.plimsoll.diagnosis.graph.LinkType;
import org.jspecify.annotations.Nullable;

/**
 * One step on the way from the symptom to a cause.
 *
 * @param component where the step ends
 * @param severity the component's own
 * @param by the link that was followed; absent for the first, which is the symptom itself
 */
public record Hop(int component, double severity, @Nullable LinkType by) {}
