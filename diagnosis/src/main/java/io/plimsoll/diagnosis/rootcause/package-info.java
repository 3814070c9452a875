// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * From the findings of one run to what caused its trouble: findings that say the same become
 * problems, the run's components and a table of what explains what make a graph of them, and {@link
 * io.plimsoll.diagnosis.cause} ranks it. See docs/decisions/0023-causes-of-a-run.md.
 */
@NullMarked
package io.plimsoll.diagnosis.rootcause;

import org.jspecify.annotations.NullMarked;
