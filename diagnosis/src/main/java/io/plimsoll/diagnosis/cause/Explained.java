// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

/**
 * An anomaly that is the consequence of another.
 *
 * @param component that is anomalous
 * @param severity of its worst family
 * @param residual what no cause of its own explains
 */
public record Explained(int component, double severity, double residual) {}
