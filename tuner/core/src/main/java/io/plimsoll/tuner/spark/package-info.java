// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Spark's own arithmetic of memory and slots, with its minima. Comes in: sizes and a configuration.
 * Goes out: what Spark makes of them. All of the tuner may call; this package calls only profile.
 */
@NullMarked
package io.plimsoll.tuner.spark;

import org.jspecify.annotations.NullMarked;
