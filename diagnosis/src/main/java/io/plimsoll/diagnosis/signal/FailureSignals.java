// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import io.plimsoll.profile.QueryProfile;
import io.plimsoll.profile.RunProfile;
import io.plimsoll.profile.StageProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Signals of what failed stages and queries say, by the words of Spark, Hadoop and S3. */
final class FailureSignals {
  private static final Map<SignalMetric, Pattern> CLASSES =
      Map.of(
          QueryMetrics.FAILED_ANALYSIS,
          pattern("AnalysisException|ParseException|UNRESOLVED_|PARSE_SYNTAX_ERROR"),
          QueryMetrics.FAILED_PERMISSION,
          pattern("AccessControlException|Permission denied|AccessDenied|not authorized"),
          QueryMetrics.FAILED_MISSING,
          pattern(
              "FileNotFoundException|Path does not exist|PATH_NOT_FOUND|TABLE_OR_VIEW_NOT_FOUND"
                  + "|BlockMissingException|Could not obtain block|No such file"),
          QueryMetrics.FAILED_EXISTS,
          pattern("FileAlreadyExistsException|already exists|ALREADY_EXISTS"),
          QueryMetrics.FAILED_BROADCAST,
          pattern("Could not execute broadcast|Cannot broadcast the table|broadcastTimeout"),
          QueryMetrics.FAILED_QUOTA,
          pattern("QuotaExceeded|No space left on device|Disk quota exceeded"),
          QueryMetrics.FAILED_THROTTLED,
          pattern("SlowDown|503 Slow|TooManyRequests|Status Code: 503|RequestLimitExceeded"),
          QueryMetrics.FAILED_NETWORK,
          pattern(
              "ConnectException|UnknownHostException|SocketTimeoutException|Connection refused"
                  + "|Connection reset|NoRouteToHost"),
          QueryMetrics.FAILED_KILLED,
          pattern("cancelled|canceled|killed by user|because SparkContext was shut down"));

  private FailureSignals() {}

  static void add(RunProfile run, SignalSet.Builder signals) {
    List<String> reasons = new ArrayList<>();
    for (StageProfile stage : run.stages()) {
      if (stage.failure() != null) {
        reasons.add(stage.failure());
      }
    }
    for (QueryProfile query : run.details().queries()) {
      if (query.failure() != null) {
        reasons.add(query.failure());
      }
    }
    long looked = run.stages().size() + (long) run.details().queries().size();
    if (looked == 0) {
      return;
    }
    CLASSES.forEach(
        (metric, pattern) ->
            signals.put(
                ComponentId.RUN,
                metric,
                reasons.stream().filter(each -> pattern.matcher(each).find()).count(),
                looked));
    signals.put(ComponentId.RUN, QueryMetrics.FAILURE_REASONS, reasons.size(), looked);
    Map<String, Integer> same = new HashMap<>();
    reasons.forEach(reason -> same.merge(template(reason), 1, Integer::sum));
    int most = same.values().stream().mapToInt(each -> each).max().orElse(0);
    if (reasons.isEmpty()) {
      signals.put(ComponentId.RUN, QueryMetrics.SAME_REASON, 0, looked);
    }
    signals.share(ComponentId.RUN, QueryMetrics.SAME_REASON, most, reasons.size(), reasons.size());
  }

  /** The first line without its numbers. */
  private static String template(String reason) {
    return reason.lines().findFirst().orElse("").replaceAll("[0-9]+", "#");
  }

  private static Pattern pattern(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }
}
