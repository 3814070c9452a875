// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The agents that are measured side by side, and the far sides they talk to: a broker, an HTTP
 * server, a client that polls. Comes in: an arm's name. Goes out: JVM options, and after the run
 * what the agent delivered. The overhead benchmark calls.
 */
@NullMarked
package io.plimsoll.bench.arm;

import org.jspecify.annotations.NullMarked;
