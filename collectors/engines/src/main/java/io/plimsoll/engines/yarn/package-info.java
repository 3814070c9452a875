// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Reads YARN's applications, queues and containers from the REST interfaces of its daemons. Comes
 * in: addresses. Goes out: wire samples and events. The CLI and the server may call; this package
 * calls component and http.
 */
@NullMarked
package io.plimsoll.engines.yarn;

import org.jspecify.annotations.NullMarked;
