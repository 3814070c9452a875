// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.plimsoll.embedded.ProcessUsage;
import io.plimsoll.embedded.ProcessWatch;
import io.plimsoll.embedded.SparkApp;
import io.plimsoll.embedded.SparkCluster;
import io.plimsoll.embedded.SubmitSpec;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo analysis on a real standalone cluster: a Master and two Workers of one core. */
class DemoJobIT {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Runs this short do not get back what the second compiler costs. */
  private static final String SHORT_RUN = "-XX:TieredStopAtLevel=1";

  private static final Path JAR = Path.of(System.getProperty("plimsoll.test.app-jar", ""));

  @TempDir private static Path folder;
  private static SparkCluster cluster;
  private static Path data;

  @BeforeAll
  static void startClusterAndMakeData() throws Exception {
    cluster =
        SparkCluster.start(
            new SparkCluster.Spec(
                Path.of(System.getProperty("plimsoll.test.spark-home", "")),
                folder.resolve("work"),
                2,
                1,
                1L << 30));
    data = folder.resolve("tpch");
    requireSuccess(submit(generate("make-data", "0.01")));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void cameToTheSameOnOtherPartitionsAndToTheReferenceAnswers() throws Exception {
    Path first = folder.resolve("first.json");
    Path second = folder.resolve("second.json");
    ProcessUsage[] executors;
    try (ProcessWatch watch = ProcessWatch.start()) {
      watch.watchAlso(() -> cluster.executors().stream().map(ProcessHandle::pid).toList());
      requireSuccess(submit(demo("first", first, Map.of("spark.sql.shuffle.partitions", "5"))));
      executors = watch.usages().toArray(ProcessUsage[]::new);
    }
    requireSuccess(
        submit(
            demo(
                "second",
                second,
                Map.of(
                    "spark.sql.shuffle.partitions", "13",
                    "spark.sql.adaptive.enabled", "false",
                    "spark.sql.files.maxPartitionBytes", "1m",
                    "spark.sql.autoBroadcastJoinThreshold", "-1"))));

    assertThat(checksums(second)).isEqualTo(checksums(first)).hasSize(11);
    assertThat(executors)
        .hasSize(2)
        .allSatisfy(
            executor -> {
              assertThat(executor.cpuNanos()).isPositive();
              assertThat(executor.commandLine()).contains("CoarseGrainedExecutorBackend");
            });
    assertThat(checksums(first)).containsAllEntriesOf(referenceAnswers());
  }

  @Test
  void completeDataIsUsedAgainAndDataOfAnotherScaleIsRefused() throws Exception {
    SparkApp again = submit(generate("again", "0.01"));
    requireSuccess(again);
    SparkApp other = submit(generate("other", "0.02"));

    assertThat(again.stdout()).content().contains("is already in " + data);
    assertThat(other.waitFor(LIMIT)).hasValue(2);
    assertThat(other.stderr())
        .content()
        .contains(
            data
                + " holds \"plimsoll-tpch 1 scale 0.01\", not \"plimsoll-tpch 1 scale 0.02\":"
                + " name another folder or delete it");
  }

  @Test
  void executorsEndWithAKilledDriver() throws Exception {
    SparkApp app = submit(demo("killed", folder.resolve("never.json"), Map.of()));
    Awaitility.await().atMost(LIMIT).until(() -> cluster.executors().size() == 2);
    List<ProcessHandle> executors = cluster.executors();
    app.kill();

    assertThat(app.waitFor(LIMIT)).hasValue(137);
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> executors.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(folder.resolve("never.json")).doesNotExist();
  }

  private static SparkApp submit(SubmitSpec spec) {
    return cluster.submit(
        spec.withDriverJvmOptions(List.of(SHORT_RUN))
            .withConf(
                Map.of(
                    "spark.executor.memory", "600m",
                    "spark.executor.extraJavaOptions", SHORT_RUN,
                    "spark.executor.cores", "1",
                    "spark.cores.max", "2",
                    "spark.ui.enabled", "false")));
  }

  private static SubmitSpec generate(String name, String scale) {
    return SubmitSpec.of(
        name,
        JAR,
        TpchData.class.getName(),
        List.of("generate", "--out", data.toString(), "--scale", scale));
  }

  private static SubmitSpec demo(String name, Path result, Map<String, String> conf) {
    return SubmitSpec.of(
            name,
            JAR,
            DemoJob.class.getName(),
            List.of("--data", data.toString(), "--result", result.toString()))
        .withConf(conf);
  }

  private static void requireSuccess(SparkApp app) throws Exception {
    OptionalInt exit = app.waitFor(LIMIT);
    if (exit.isEmpty() || exit.getAsInt() != 0) {
      fail("exit code " + exit + ":\n" + Files.readString(app.stderr()));
    }
  }

  private static Map<String, String> checksums(Path result) throws IOException {
    Matcher part =
        Pattern.compile("\"name\": \"([^\"]+)\", \"rows\": (\\d+), \"checksum\": \"(\\w+)\"")
            .matcher(Files.readString(result));
    Map<String, String> checksums = new LinkedHashMap<>();
    while (part.find()) {
      checksums.put(part.group(1), part.group(2) + " " + part.group(3));
    }
    return checksums;
  }

  /** The answers for scale 0.01 that come with the generator; column types by first letter. */
  private static Map<String, String> referenceAnswers() throws IOException {
    return Map.of(
        "q3-unshipped-orders", reference("q3", "idsi"),
        "q5-local-suppliers", reference("q5", "sd"),
        "q6-discount-effect", reference("q6", "d"),
        "q9-profit-by-nation", reference("q9", "sid"),
        "q10-returned-items", reference("q10", "isddssss"),
        "q12-late-shipments", reference("q12", "sii"),
        "q18-large-orders", reference("q18", "siisdd"));
  }

  private static String reference(String query, String types) throws IOException {
    RowChecksum checksum = new RowChecksum();
    try (InputStream in =
        DemoJobIT.class.getResourceAsStream("/io/trino/tpch/queries/" + query + ".result")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("--"))
          .forEach(line -> checksum.add(values(line, types)));
    }
    return checksum.rows() + " " + checksum.hex();
  }

  private static List<Object> values(String line, String types) {
    String[] words = line.split("\\|");
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < types.length(); i++) {
      values.add(
          switch (types.charAt(i)) {
            case 'i' -> Long.valueOf(words[i]);
            case 'd' -> new BigDecimal(words[i]);
            default -> words[i];
          });
    }
    return values;
  }
}
