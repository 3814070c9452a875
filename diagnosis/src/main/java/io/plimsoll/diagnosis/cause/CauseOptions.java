// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.cause;

/**
 * The constants of the ranking, from the published account in docs/root-causes.md.
 *
 * @param halfwaySteps steps away at which an anomaly is as likely as not
 * @param ownShare share of its own severity that a component keeps even when all is explained
 * @param blind how far suspicion passes through a component of which nothing is known
 * @param leastPass how far suspicion passes through a component that looks healthy
 * @param prune suspicion below this is not followed
 * @param hiddenLink likelihood that what depends on a broken component shows it
 * @param leastScore below it nothing is named with confidence
 * @param leastLead how much further ahead of the next suspect the first has to be
 * @param listed how many suspects are listed
 * @param linkEvidence whether the links' own series are used
 */
public record CauseOptions(
    double halfwaySteps,
    double ownShare,
    double blind,
    double leastPass,
    double prune,
    double hiddenLink,
    double leastScore,
    double leastLead,
    int listed,
    boolean linkEvidence) {
  /** What is used where nobody says otherwise. */
  public static final CauseOptions DEFAULT =
      new CauseOptions(5, 0.05, 0.3, 0.05, 0.02, 0.8, 0.3, 1.2, 10, true);

  /** The same, with this many listed. */
  public CauseOptions listing(int most) {
    return new CauseOptions(
        halfwaySteps,
        ownShare,
        blind,
        leastPass,
        prune,
        hiddenLink,
        leastScore,
        leastLead,
        most,
        linkEvidence);
  }

  /** The same, without the links' own series. */
  public CauseOptions withoutLinkEvidence() {
    return new CauseOptions(
        halfwaySteps,
        ownShare,
        blind,
        leastPass,
        prune,
        hiddenLink,
        leastScore,
        leastLead,
        listed,
        false);
  }

  /** Severity from which on a component counts as anomalous. */
  double anomalous() {
    return Severity.of(halfwaySteps);
  }
}
