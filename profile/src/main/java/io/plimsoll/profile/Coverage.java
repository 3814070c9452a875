// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

/**
 * How much of what a process said has arrived.
 *
 * @param envelopes absorbed, each once
 * @param missingEnvelopes gaps in the sequences below the highest seen
 * @param lostSamples the agent's own count
 * @param lostAttempts the agent's own count
 * @param lostEvents the agent's own count
 */
public record Coverage(
    long envelopes, long missingEnvelopes, long lostSamples, long lostAttempts, long lostEvents) {
  /** Nothing heard yet. */
  public static final Coverage ZERO = new Coverage(0, 0, 0, 0, 0);

  public Coverage plus(Coverage other) {
    return new Coverage(
        envelopes + other.envelopes,
        missingEnvelopes + other.missingEnvelopes,
        lostSamples + other.lostSamples,
        lostAttempts + other.lostAttempts,
        lostEvents + other.lostEvents);
  }

  /** Whether everything that was said has arrived and nothing was dropped before. */
  public boolean isComplete() {
    return missingEnvelopes == 0 && lostSamples == 0 && lostAttempts == 0 && lostEvents == 0;
  }
}
