// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
/**
 * Lives in Spark as its plugin, for users who cannot set JVM options. The only package that is
 * compiled against Spark; nothing else of the agent refers to it.
 */
package io.plimsoll.agent.plugin;
