// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The whole service on one machine. Comes in: a data folder and ports. Goes out: a broker, an API
 * and a console that stay until they are ended. The command line calls.
 */
@NullMarked
package io.plimsoll.standalone.up;

import org.jspecify.annotations.NullMarked;
