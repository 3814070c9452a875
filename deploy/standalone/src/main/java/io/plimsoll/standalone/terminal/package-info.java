// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * How commands write to a terminal: safe texts, amounts with units, lines of at most a hundred
 * columns, colours and progress where somebody looks. Comes in: values and foreign texts. Goes out:
 * text. The CLI's commands call.
 */
@NullMarked
package io.plimsoll.standalone.terminal;

import org.jspecify.annotations.NullMarked;
