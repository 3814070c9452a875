// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Profiles, findings and recommendations as JSON and as text, and the routes that serve them. Comes
 * in: values of the store's ports. Goes out: documents that {@code openapi.yaml} describes. The
 * server and the command line may call.
 */
@NullMarked
package io.plimsoll.server.api;

import org.jspecify.annotations.NullMarked;
