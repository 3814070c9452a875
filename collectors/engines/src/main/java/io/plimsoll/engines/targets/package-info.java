// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Which components are polled, and how each is reached. Comes in: the user's file of targets
 * (docs/components.md). Goes out: sources that the poller of component reads. The CLI and the
 * server may call; this package calls the readers of jmx, yarn and kubernetes.
 */
@NullMarked
package io.plimsoll.engines.targets;

import org.jspecify.annotations.NullMarked;
