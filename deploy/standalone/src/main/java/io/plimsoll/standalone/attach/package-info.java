// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Prints how to attach the agent. Comes in: options. Goes out: lines for a person. The CLI calls.
 */
@NullMarked
package io.plimsoll.standalone.attach;

import org.jspecify.annotations.NullMarked;
