// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * The HTTP server and what runs beside it. Comes in: the store's ports. Goes out: the REST API
 * {@code /api/v1}, the console's files, and a stored recommendation for each complete run. The
 * stand-alone service may call; nothing below may.
 */
@NullMarked
package io.plimsoll.server;

import org.jspecify.annotations.NullMarked;
