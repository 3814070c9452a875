// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Real servers on one machine: a Kafka broker inside this process, Spark's and Flink's own
 * processes as children, on loopback or, for Spark, on emulated nodes with limits that the kernel
 * enforces (docs/decisions/0012-emulated-nodes.md). Comes in: folders, sizes, a Spark home. Goes
 * out: addresses, process ids, and what the kernel counted for them. The standalone program, the
 * benches and integration tests may call; this package knows no other Plimsoll module.
 */
@NullMarked
package io.plimsoll.embedded;

import org.jspecify.annotations.NullMarked;
