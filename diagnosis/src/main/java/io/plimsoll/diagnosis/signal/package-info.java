// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * What was measured, as typed numbers per component of the link: the input of the declarative
 * points and of everything that ranks components. Comes in: profiles. Goes out: immutable {@link
 * io.plimsoll.diagnosis.signal.SignalSet}s. All of diagnosis may call; nothing is judged here.
 */
@NullMarked
package io.plimsoll.diagnosis.signal;

import org.jspecify.annotations.NullMarked;
