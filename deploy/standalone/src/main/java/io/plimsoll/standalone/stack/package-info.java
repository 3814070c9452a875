// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * All parts in one JVM: broker, pipeline, store, server. Comes in: folders and ports. Goes out: a
 * running stack. The commands call; this package knows none of them.
 */
@NullMarked
package io.plimsoll.standalone.stack;

import org.jspecify.annotations.NullMarked;
