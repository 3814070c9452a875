// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Real servers on one machine, loopback only: a Kafka broker inside this process, and Spark's own
 * Master, Workers and drivers as child processes. Comes in: folders, sizes, a Spark home. Goes out:
 * addresses, process ids, and what the kernel counted for them. The standalone program, the benches
 * and integration tests may call; this package knows no other Plimsoll module.
 */
@NullMarked
package io.plimsoll.embedded;

import org.jspecify.annotations.NullMarked;
