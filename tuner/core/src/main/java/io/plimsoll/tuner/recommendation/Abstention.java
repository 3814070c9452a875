// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.tuner.recommendation;

import java.util.Objects;

/**
 * A parameter about which nothing is advised.
 *
 * @param reason why
 * @param wouldNeed what would raise the evidence
 */
public record Abstention(String key, String reason, String wouldNeed) {
  public Abstention {
    Objects.requireNonNull(key, "key is null");
    Objects.requireNonNull(reason, "reason is null");
    Objects.requireNonNull(wouldNeed, "wouldNeed is null");
  }
}
