// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server.api;

import io.plimsoll.profile.RunKey;
import io.plimsoll.tuner.recommendation.Change;
import io.plimsoll.tuner.recommendation.Recommendation;
import java.util.regex.Pattern;

/** A recommendation as text that Spark itself reads. */
public final class RecommendationText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:,+/@%-]+");

  private RecommendationText() {}

  /**
   * Lines for {@code spark-defaults.conf}: each value to set, above it as a comment the value that
   * the observed run had.
   */
  public static String sparkDefaults(Recommendation recommendation, String job) {
    RunKey run = recommendation.basedOn();
    StringBuilder text = new StringBuilder();
    line(text, "# Plimsoll: job " + job + ", from run " + run.id());
    if (recommendation.changes().isEmpty()) {
      line(text, "# nothing to change");
    }
    for (Change change : recommendation.changes()) {
      if (!change.from().isEmpty()) {
        line(text, "# - " + change.key() + " " + change.from());
      }
      line(text, change.key() + " " + change.to());
    }
    return text.toString();
  }

  /**
   * Arguments for {@code spark-submit}, one {@code --conf key=value} a line and nothing else, so
   * that a shell can insert them; empty when nothing is to be changed.
   */
  public static String sparkSubmit(Recommendation recommendation) {
    StringBuilder text = new StringBuilder();
    for (Change change : recommendation.changes()) {
      line(text, "--conf " + quoted(change.key() + "=" + change.to()));
    }
    return text.toString();
  }

  private static String quoted(String argument) {
    String oneLine = JobNames.oneLine(argument);
    int equals = oneLine.indexOf('=');
    String key = oneLine.substring(0, equals);
    String value = oneLine.substring(equals + 1);
    if (PLAIN.matcher(key).matches() && PLAIN.matcher(value).matches()) {
      return oneLine;
    }
    return "'" + oneLine.replace("'", "'\\''") + "'";
  }

  private static void line(StringBuilder text, String line) {
    text.append(JobNames.oneLine(line)).append('\n');
  }
}
