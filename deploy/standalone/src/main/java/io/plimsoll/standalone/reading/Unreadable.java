// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

/** A source that told nothing, and why in a few words. */
public record Unreadable(String name, String reason) {}
