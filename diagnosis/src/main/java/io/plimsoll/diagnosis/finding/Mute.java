// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.finding;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's decision that a point need not be told of a job for a while. What it would have said
 * is still told, as muted.
 *
 * @param point the point's id
 * @param component the one component it holds for; null: all
 * @param reason why, in somebody's words
 * @param expiresMillis epoch milliseconds from which on it does not hold any more
 */
public record Mute(String point, @Nullable String component, String reason, long expiresMillis) {
  public Mute {
    Objects.requireNonNull(point, "point is null");
    Objects.requireNonNull(reason, "reason is null");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a mute of " + point + " says why");
    }
  }

  /** Whether it silences this finding at this moment. */
  public boolean silences(Finding finding, long nowMillis) {
    return nowMillis < expiresMillis
        && point.equals(finding.point())
        && (component == null || component.equals(finding.component()));
  }
}
