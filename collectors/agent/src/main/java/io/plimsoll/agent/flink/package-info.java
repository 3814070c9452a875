// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Sees Flink from inside: task attempts and the threads that help them. Comes in: calls that the
 * transformer puts into four Flink methods. Goes out: the edges of attempts and their helpers.
 * Flink's classes are read by reflection only; whatever goes wrong here is counted and never
 * reaches Flink.
 */
package io.plimsoll.agent.flink;
