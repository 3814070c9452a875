// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Puts calls of the hooks into the engines' classes, when they are loaded or later. Comes in: class
 * files. Goes out: the same with calls and no member more; no class of the host is loaded here.
 */
package io.plimsoll.agent.weave;
