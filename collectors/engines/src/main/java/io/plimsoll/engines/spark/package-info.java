// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Reads what Spark itself wrote down. Comes in: event-log files. Goes out: wire events. The CLI and
 * the server may call; this package calls wire only.
 *
 * <p>One reader for each family of events takes its fields from {@code JsonValues}, of which there
 * are two: {@code PlainValues} reads the bytes of nearly all lines where they stand and gives up at
 * whatever is not plain; {@code ParsedJson} then reads the line anew with a full parser, whose
 * judgement is the one that counts.
 */
@NullMarked
package io.plimsoll.engines.spark;

import org.jspecify.annotations.NullMarked;
