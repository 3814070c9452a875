// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One application to submit in client mode.
 *
 * @param name names the output files; letters, digits, dashes
 * @param appJar the application's jar, also given to the executors
 * @param mainClass the class whose {@code main} is the driver
 * @param args the driver's arguments
 * @param conf Spark settings; they win over the cluster's defaults
 * @param driverMemoryBytes the driver's maximum heap
 * @param driverJvmOptions more options for the driver's JVM, e.g. an agent
 * @param driverClassPath jars for the driver alone, before Spark's own
 */
public record SubmitSpec(
    String name,
    Path appJar,
    String mainClass,
    List<String> args,
    Map<String, String> conf,
    long driverMemoryBytes,
    List<String> driverJvmOptions,
    List<Path> driverClassPath) {
  private static final long DEFAULT_DRIVER_BYTES = 1L << 30;

  public SubmitSpec {
    Objects.requireNonNull(appJar, "appJar is null");
    Objects.requireNonNull(mainClass, "mainClass is null");
    if (!name.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException("name has other than letters, digits, dashes: " + name);
    }
    if (driverMemoryBytes < 1L << 20) {
      throw new IllegalArgumentException("driverMemoryBytes below 1 MiB: " + driverMemoryBytes);
    }
    args = List.copyOf(args);
    conf = Map.copyOf(conf);
    driverJvmOptions = List.copyOf(driverJvmOptions);
    driverClassPath = List.copyOf(driverClassPath);
  }

  /** An application with a driver heap of 1 GiB and nothing else set. */
  public static SubmitSpec of(String name, Path appJar, String mainClass, List<String> args) {
    return new SubmitSpec(
        name, appJar, mainClass, args, Map.of(), DEFAULT_DRIVER_BYTES, List.of(), List.of());
  }

  /** The same with these settings added, replacing those of the same key. */
  public SubmitSpec withConf(Map<String, String> more) {
    Map<String, String> merged = new HashMap<>(conf);
    merged.putAll(more);
    return new SubmitSpec(
        name,
        appJar,
        mainClass,
        args,
        merged,
        driverMemoryBytes,
        driverJvmOptions,
        driverClassPath);
  }

  public SubmitSpec withDriverMemoryBytes(long bytes) {
    return new SubmitSpec(
        name, appJar, mainClass, args, conf, bytes, driverJvmOptions, driverClassPath);
  }

  /** The same with these driver JVM options added at the end. */
  public SubmitSpec withDriverJvmOptions(List<String> more) {
    return new SubmitSpec(
        name,
        appJar,
        mainClass,
        args,
        conf,
        driverMemoryBytes,
        joined(driverJvmOptions, more),
        driverClassPath);
  }

  /** The same with these jars added to the end of the driver's own class path. */
  public SubmitSpec withDriverClassPath(List<Path> more) {
    return new SubmitSpec(
        name,
        appJar,
        mainClass,
        args,
        conf,
        driverMemoryBytes,
        driverJvmOptions,
        joined(driverClassPath, more));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
