// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Reads what Spark itself wrote down. Comes in: event-log files. Goes out: wire events. The CLI and
 * the server may call; this package calls wire only.
 */
@NullMarked
package io.plimsoll.engines.spark;

import org.jspecify.annotations.NullMarked;
