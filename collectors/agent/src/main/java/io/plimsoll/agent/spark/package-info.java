// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Sees Spark from inside: task attempts on their own threads, and in the driver the listener bus.
 * Comes in: calls that the transformer puts into four Spark methods. Goes out: attempt records and
 * engine events, into the outbox. Spark's classes are read by reflection only, in every version
 * that has the methods; whatever goes wrong here is counted and never reaches Spark.
 */
package io.plimsoll.agent.spark;
