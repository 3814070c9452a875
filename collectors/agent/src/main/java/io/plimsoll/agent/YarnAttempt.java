// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The application attempt that a Spark executor in a YARN container belongs to. In cluster mode the
 * driver lives in the attempt's own container and counts attempts as YARN does, from 1. In client
 * mode the driver outlives YARN's attempts and tells none: there it is 0 for both.
 */
final class YarnAttempt {
  /** {@code container_[eEPOCH_]CLUSTER_APPLICATION_ATTEMPT_CONTAINER}. */
  private static final Pattern CONTAINER =
      Pattern.compile("container_(?:e\\d+_)?\\d+_\\d+_(\\d{1,9})_\\d+");

  private YarnAttempt() {}

  /**
   * 0 where there is none.
   *
   * @param container the value of CONTAINER_ID, null outside YARN
   * @param folder the container's working folder, where Spark's client left its configuration
   */
  static int of(@Nullable String container, File folder) {
    if (container == null) {
      return 0;
    }
    Matcher matcher = CONTAINER.matcher(container);
    return matcher.matches() && isClusterMode(folder) ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static boolean isClusterMode(File folder) {
    Properties properties = new Properties();
    File told = new File(folder, "__spark_conf__/__spark_conf__.properties");
    try (InputStream in = new FileInputStream(told)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException unreadable) {
      return false; // as if the driver had told no attempt, which is what client mode does
    }
    return "cluster".equals(properties.getProperty("spark.submit.deployMode"));
  }
}
