// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The demo: a real Spark job watched, diagnosed, re-sized and run again. Comes in: options. Goes
 * out: tables and JSON. The CLI and the benchmarks call.
 */
@NullMarked
package io.plimsoll.standalone.demo;

import org.jspecify.annotations.NullMarked;
