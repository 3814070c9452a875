// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.demo;

import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.store.influx.InfluxSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plimsoll demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Watch a real Spark job, diagnose it, re-size it and run it again for less.")
public final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--exit",
      description = "end when the table is printed instead of serving the console")
  private boolean exit;

  @Option(
      names = "--pairs",
      defaultValue = "1",
      description = "pairs of runs to compare (A B B A ...); default ${DEFAULT-VALUE}")
  private int pairs = 1;

  @Option(
      names = "--scale",
      defaultValue = "0.5",
      description = "TPC-H scale factor; default ${DEFAULT-VALUE}")
  private double scale = 0.5;

  @Option(names = "--json", paramLabel = "FILE", description = "write the runs and the saving")
  private @Nullable Path json;

  @Option(names = "--data", paramLabel = "DIR", description = "where the TPC-H tables are kept")
  private @Nullable Path data;

  @Option(
      names = "--port",
      defaultValue = "8700",
      description = "port of API and console, 0 = any free one; default ${DEFAULT-VALUE}")
  private int port = 8700;

  @Option(
      names = "--components",
      paramLabel = "FILE",
      description =
          "poll the components of this file too; default: components.yaml in the home folder")
  private @Nullable Path components;

  @Option(
      names = "--influx",
      paramLabel = "URL[,KEY=VALUE...]",
      description =
          "copy the series to an InfluxDB: URL[,database=NAME][,credentials=FILE]...; the file has"
              + " the lines user=NAME and password=SECRET (docs/stores.md)")
  private @Nullable String influx;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
    Path targets = components;
    if (targets == null && Files.exists(Places.components())) {
      targets = Places.components();
    }
    return new Demo(
            new Demo.Options(exit, pairs, scale, json, data, port, targets, settings()), out)
        .run();
  }

  private @Nullable InfluxSettings settings() {
    if (influx == null) {
      return null;
    }
    try {
      return InfluxSettings.parse(influx);
    } catch (IllegalArgumentException e) {
      throw new ProblemException("--influx: " + e.getMessage(), e);
    }
  }
}
