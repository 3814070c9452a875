// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The last word before advice leaves the tuner. Comes in: a run and proposed changes. Goes out:
 * those that hold, and a rejection with its reason for the others; nothing is ever raised or
 * invented here. The tuner's boxes call; pure.
 */
@NullMarked
package io.plimsoll.tuner.guard;

import org.jspecify.annotations.NullMarked;
