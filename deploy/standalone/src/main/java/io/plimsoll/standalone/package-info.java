// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The commands behind {@code ./plimsoll}. Comes in: a command line. Goes out: what a person or a
 * script reads, and an exit code. Nobody calls; {@link io.plimsoll.standalone.Plimsoll} is the main
 * class.
 */
@NullMarked
package io.plimsoll.standalone;

import org.jspecify.annotations.NullMarked;
