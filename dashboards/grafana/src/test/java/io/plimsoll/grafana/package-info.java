// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/** Holds Grafana's files against their schema, our rules, and a real InfluxDB. */
@NullMarked
package io.plimsoll.grafana;

import org.jspecify.annotations.NullMarked;
