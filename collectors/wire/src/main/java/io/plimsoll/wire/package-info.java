// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The vocabulary on the wire: samples, attempt records and engine events of one JVM, as immutable
 * values. Comes in: what agents and readers observed. Goes out: the same values, on any machine.
 * Everybody may call; this package calls nobody.
 */
package io.plimsoll.wire;
