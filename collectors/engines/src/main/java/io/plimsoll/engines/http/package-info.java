// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Asks other processes over HTTP, within a time and a size. Comes in: addresses and credentials.
 * Goes out: bytes and JSON trees. The readers of this module call; this package calls component for
 * its exception only.
 */
@NullMarked
package io.plimsoll.engines.http;

import org.jspecify.annotations.NullMarked;
