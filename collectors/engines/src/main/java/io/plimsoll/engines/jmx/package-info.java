// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Reads management beans of other processes: through a Jolokia agent, plain JMX over RMI, or
 * Hadoop's {@code /jmx} page. Comes in: addresses. Goes out: attribute values. The CLI and the
 * server may call; this package calls component and http.
 */
@NullMarked
package io.plimsoll.engines.jmx;

import org.jspecify.annotations.NullMarked;
