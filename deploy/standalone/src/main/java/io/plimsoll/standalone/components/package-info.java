// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * {@code plimsoll components}. Comes in: a file of targets. Goes out: a table of what they tell.
 * The main class calls; this package calls the stack's places and logs, and the readers.
 */
@NullMarked
package io.plimsoll.standalone.components;

import org.jspecify.annotations.NullMarked;
