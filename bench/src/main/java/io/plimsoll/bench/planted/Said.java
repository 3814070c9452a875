// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.planted;

/**
 * What a rule of another tool says of a run.
 *
 * @param rule its name
 * @param level higher is worse, by the other tool's own levels
 */
record Said(String rule, int level) {}
