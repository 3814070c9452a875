// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Walks the chain from agent to API and names the broken hop. Comes in: addresses. Goes out: one
 * line a hop. The CLI calls.
 */
@NullMarked
package io.plimsoll.standalone.doctor;

import org.jspecify.annotations.NullMarked;
