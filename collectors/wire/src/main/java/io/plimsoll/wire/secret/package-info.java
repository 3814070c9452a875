// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Keeps secrets inside the host. Comes in: keys and values of configuration, command lines, texts.
 * Goes out: the same without passwords, tokens and keys. Everybody who puts a text of somebody
 * else's on the wire calls it; this package calls nobody.
 */
package io.plimsoll.wire.secret;
