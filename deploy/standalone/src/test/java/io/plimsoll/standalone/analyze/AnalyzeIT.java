// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command through its real entry: exit codes, verdicts, and what bad input gives. */
class AnalyzeIT {
  @TempDir private Path folder;

  private Cli.Result analyze(String... arguments) throws IOException, InterruptedException {
    String[] all = new String[arguments.length + 1];
    all[0] = "analyze";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Cli.run(folder, all).isReadable();
  }

  @Test
  void healthyRun_isHealthy() throws Exception {
    new SmallLog("app-1").write(folder.resolve("app-1"));

    Cli.Result result = analyze("app-1", "--json", "runs.json");

    assertThat(result.words()).contains("HEALTHY", "nightly orders", "Scorecard", "Coverage");
    assertThat(result.exit()).isZero();
    JsonNode run = RunSchema.valid(folder.resolve("runs.json")).path("runs").path(0);
    assertThat(run.path("job").asText()).isEqualTo("nightly orders");
    assertThat(run.path("totals").path("tasks").asLong()).isEqualTo(8);
    assertThat(run.path("complete").asBoolean()).isTrue();
    assertThat(run.path("wallMillis").asLong()).isEqualTo(56_000);
    assertThat(run.path("coverage").path("log").path("state").asText()).isEqualTo("complete");
  }

  @Test
  void failedRun_saysWhyAndExitsWithOne() throws Exception {
    new SmallLog("app-1").failed().write(folder.resolve("app-1"));

    Cli.Result result = analyze("app-1");

    assertThat(result.words()).contains("FAILED", "disk full");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void runWithoutEnd_isJudgedFromWhatIsThere() throws Exception {
    new SmallLog("app-1").withoutEnd().write(folder.resolve("app-1"));
    new SmallLog("app-2").withoutEnd().write(folder.resolve("app-2.inprogress"));

    Cli.Result cut = analyze("app-1", "--json", "runs.json");
    Cli.Result going = analyze("app-2.inprogress");

    assertThat(cut.words()).contains("UNFINISHED", "it was killed, or the log was cut");
    assertThat(going.words()).contains("UNFINISHED", "still runs");
    assertThat(cut.exit()).isEqualTo(1);
    JsonNode run = RunSchema.valid(folder.resolve("runs.json")).path("runs").path(0);
    assertThat(run.path("complete").asBoolean()).isFalse();
    assertThat(run.path("wallMillis").asLong()).isPositive();
  }

  @Test
  void wrongUse_exitsWithTwo() throws Exception {
    new SmallLog("app-1").write(folder.resolve("app-1"));

    assertThat(Cli.run(folder, "analyze").exit()).isEqualTo(2);
    assertThat(analyze("app-1", "--price", "gib-hour=cheap").err()).contains("'gib-hour=cheap'");
    assertThat(analyze("app-1", "--price", "gib-hour=-1").exit()).isEqualTo(2);
    Cli.Result unwritable = analyze("app-1", "--json", "no/such/folder/runs.json");
    assertThat(unwritable.exit()).isEqualTo(2);
    assertThat(unwritable.complaint()).contains("no/such/folder/runs.json", "name a file");
  }

  @Test
  void nothingReadable_exitsWithThreeAndOneLine() throws Exception {
    Files.createDirectory(folder.resolve("empty-folder"));
    Files.write(folder.resolve("empty-file"), new byte[0]);
    byte[] noise = new byte[4_096];
    new java.util.Random(7).nextBytes(noise);
    Files.write(folder.resolve("picture.png"), noise);
    Files.createDirectory(folder.resolve("loop"));
    Files.createSymbolicLink(folder.resolve("loop/again"), folder.resolve("loop"));

    for (String path :
        new String[] {"empty-folder", "empty-file", "picture.png", "loop", "not-there"}) {
      Cli.Result result = analyze(path);
      assertThat(result.exit()).as(path).isEqualTo(3);
      assertThat(result.complaint()).startsWith("plimsoll: ").contains(path, "; name what");
    }
  }

  /** The file names say another order than the runs' own start times. */
  @Test
  void aRunThreeTimesAsLongAsUsual_isToldFromItsOwnHistory() throws Exception {
    writeDays(7, 270_000);
    day(8, 810_000).write(folder.resolve("logs/a-first-by-name"));

    Cli.Result result = analyze("logs", "--json", "runs.json");

    assertThat(result.exit()).isEqualTo(1);
    JsonNode late = run("app-8");
    JsonNode longer = finding(late, "job.duration");
    assertThat(longer.path("state").asText()).isEqualToIgnoringCase("fired");
    assertThat(longer.path("evidence").findValues("value"))
        .as("three times its median")
        .anySatisfy(value -> assertThat(value.asDouble()).isBetween(2.9, 3.1));
    assertThat(finding(run("app-3"), "job.duration").path("state").asText())
        .isNotEqualToIgnoringCase("fired");
  }

  @Test
  void aFailedRun_isNoHistory_andALogThatLiesThereTwiceIsNotItsOwn() throws Exception {
    for (int day = 1; day <= 7; day++) {
      day(day, 270_000).failed().write(folder.resolve("logs/app-" + day));
    }
    day(8, 810_000).write(folder.resolve("logs/app-8"));
    for (int copy = 0; copy < 7; copy++) {
      day(8, 810_000).write(folder.resolve("logs/copy-" + copy));
    }

    analyze("logs", "--json", "runs.json");

    JsonNode duration = finding(run("app-8"), "job.duration");
    assertThat(duration.path("state").asText().toLowerCase(java.util.Locale.ROOT))
        .isIn("not-applicable", "not-evaluated");
  }

  @Test
  void aMutedPoint_isShownAsMutedAndMakesNoRunUnhealthyUntilItsLastDay() throws Exception {
    writeDays(7, 270_000);
    day(8, 810_000).write(folder.resolve("logs/app-8"));
    Files.writeString(
        folder.resolve("mutes.json"),
        """
        {"mutes":[{"point":"job.duration","job":"nightly orders","reason":"ticket 12","until":"2999-01-31"}]}
        """);
    Files.writeString(
        folder.resolve("over.json"),
        """
        {"mutes":[{"point":"job.duration","reason":"ticket 12","until":"2020-01-31"}]}
        """);

    analyze("logs", "--mutes", "mutes.json", "--json", "runs.json");

    JsonNode muted = finding(run("app-8"), "job.duration");
    assertThat(muted.path("state").asText()).isEqualToIgnoringCase("muted");
    assertThat(muted.path("reason").asText()).contains("Muted: ticket 12 (until 2999-01-31)");
    analyze("logs", "--mutes", "over.json", "--json", "runs.json");
    assertThat(finding(run("app-8"), "job.duration").path("state").asText())
        .isEqualToIgnoringCase("fired");
  }

  @Test
  void aWrongMutesFile_isOneLineThatNamesTheEntryAndTheWayOut() throws Exception {
    new SmallLog("app-1").write(folder.resolve("app-1"));
    java.util.Map<String, String> complaints =
        java.util.Map.of(
            "{\"mutes\":[{\"point\":\"job.durations\",\"reason\":\"x\"}]}",
            "no point 'job.durations'; did you mean 'job.duration'?",
            "{\"mutes\":[{\"point\":\"job.duration\"}]}",
            "entry 1: 'reason' is missing",
            "{\"mutes\":[{\"point\":\"job.duration\",\"reason\":\"x\",\"untill\":\"2027-01-01\"}]}",
            "unknown key 'untill'; did you mean 'until'?",
            "{\"mutes\":[{\"point\":\"job.duration\",\"reason\":\"x\",\"until\":\"soon\"}]}",
            "until 'soon' is no date; write one as 2027-01-31",
            "{\"mutes\":[{\"point\":\"job.duration\",\"reason\":7}]}",
            "'reason' is no text",
            "{}",
            "has no list 'mutes'",
            "{",
            "is no JSON");
    for (var each : complaints.entrySet()) {
      Files.writeString(folder.resolve("mutes.json"), each.getKey());

      Cli.Result result = analyze("app-1", "--mutes", "mutes.json");

      assertThat(result.exit()).as(each.getKey()).isEqualTo(2);
      assertThat(result.complaint()).contains("mutes.json").contains(each.getValue());
    }
  }

  private void writeDays(int days, long taskMillis) throws IOException {
    for (int day = 1; day <= days; day++) {
      day(day, taskMillis).write(folder.resolve("logs/z-" + (days - day) + "-app-" + day));
    }
  }

  private static SmallLog day(int day, long taskMillis) {
    return new SmallLog("app-" + day)
        .named("nightly orders 2026-11-0" + day, "count")
        .tasks(8, taskMillis, 1_000_000)
        .startedAt(1_750_000_000_000L + day * 86_400_000L);
  }

  private JsonNode run(String id) throws IOException {
    for (JsonNode run : RunSchema.valid(folder.resolve("runs.json")).path("runs")) {
      if (run.path("run").asText().contains("~" + id + "~")) {
        return run;
      }
    }
    throw new AssertionError("no run " + id);
  }

  private static JsonNode finding(JsonNode run, String point) {
    for (JsonNode finding : run.path("findings")) {
      if (finding.path("point").asText().equals(point)) {
        return finding;
      }
    }
    throw new AssertionError("no finding of " + point + " in " + run.path("findings"));
  }

  @Test
  void jobInAFolder_hasAHistory() throws Exception {
    for (int day = 1; day <= 4; day++) {
      new SmallLog("app-" + day)
          .named("nightly orders 2026-11-0" + day, "count")
          .write(folder.resolve("logs/2026/app-" + day));
    }
    new SmallLog("app-9").named("hourly", "count").failed().write(folder.resolve("logs/app-9"));
    new SmallLog("app-9").named("hourly", "count").failed().write(folder.resolve("logs/z/copy"));
    Files.createSymbolicLink(folder.resolve("logs/2026/up"), folder.resolve("logs"));

    Cli.Result result = analyze("logs", "--json", "runs.json", "--html", "page.html");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.words())
        .contains("5 runs of 2 jobs: 1 failed, 0 without an end, 0 with problems, 4 healthy")
        .contains("History of nightly orders 4 runs")
        .contains("z/copy is the same run as app-9");
    assertThat(RunSchema.valid(folder.resolve("runs.json")).path("runs")).hasSize(5);
    assertThat(Files.readString(folder.resolve("page.html"))).contains("Jobs by waste");
  }

  /** Garbage collection of 6 % is little by the static default, and much for a job that has 1 %. */
  @Test
  void runIsHeldAgainstEarlierRunsOfItsJob() throws Exception {
    for (int day = 1; day <= 8; day++) {
      orders(day).collecting(day == 8 ? 6 : 1).write(folder.resolve("logs/app-" + (9 - day)));
    }
    new SmallLog("app-20")
        .startedAt(1_760_000_000_000L)
        .named("other", "x")
        .write(folder.resolve("logs/app-20"));

    Cli.Result result = analyze("logs", "--json", "runs.json");

    assertThat(result.exit()).isNotEqualTo(3);
    JsonNode last = run("app-8");
    JsonNode finding = finding(last, "run.gc-share");
    assertThat(finding.path("state").asText()).isEqualTo("fired");
    assertThat(finding.path("reference").asText()).startsWith("the job's own 7 earlier runs");
    // Known, and below the gate: it took no longer than usual.
    assertThat(finding(last, "job.duration").path("state").asText()).isEqualTo("not-applicable");
    JsonNode first = run("app-1");
    assertThat(finding(first, "job.duration").path("state").asText()).isEqualTo("not-evaluated");
    JsonNode fifth = finding(run("app-5"), "job.duration");
    assertThat(fifth.path("state").asText()).isEqualTo("not-evaluated");
    assertThat(finding(run("app-20"), "job.duration").path("state").asText())
        .isEqualTo("not-evaluated");
  }

  @Test
  void failedAndUnfinishedRunsAreNotUsual() throws Exception {
    for (int day = 1; day <= 5; day++) {
      orders(day).write(folder.resolve("logs/app-" + day));
    }
    for (int day = 6; day <= 12; day++) {
      orders(day).collecting(90).failed().write(folder.resolve("logs/app-" + day));
    }
    orders(13).collecting(90).withoutEnd().write(folder.resolve("logs/app-13"));
    orders(14).write(folder.resolve("logs/app-14"));

    analyze("logs", "--json", "runs.json");

    JsonNode last = run("app-14");
    assertThat(finding(last, "run.gc-share").path("state").asText()).isEqualTo("clear");
    assertThat(finding(last, "job.fails-often").path("state").asText()).isEqualTo("fired");
    assertThat(finding(run("app-12"), "job.always-fails").path("state").asText())
        .isEqualTo("fired");
    JsonNode unfinished = finding(run("app-13"), "run.gc-share");
    assertThat(unfinished.path("reference").asText()).startsWith("the job's own 5 earlier runs");
  }

  @Test
  void orderInWhichLogsAreNamed_changesNothing() throws Exception {
    List<String> names = new ArrayList<>();
    for (int day = 1; day <= 9; day++) {
      orders(day).collecting(day).write(folder.resolve("app-" + day));
      names.add("app-" + day);
    }
    Set<String> answers = new HashSet<>();
    for (int seed = 0; seed < 4; seed++) {
      Collections.shuffle(names, new Random(seed));
      List<String> arguments = new ArrayList<>(names);
      arguments.addAll(List.of("--json", "runs.json"));
      answers.add(analyze(arguments.toArray(String[]::new)).out());
      answers.add(Files.readString(folder.resolve("runs.json")));
    }
    assertThat(answers).hasSize(2);
  }

  private static SmallLog orders(int day) {
    return new SmallLog("app-" + day)
        .named("nightly orders 2026-11-" + (day + 10), "count")
        .startedAt(1_750_000_000_000L + day * 86_400_000L);
  }

  @Test
  void folderOfTenThousandLogs_withSomeBroken_isJudgedByTheRest() throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    for (int i = 0; i < 10_000; i++) {
      Path file = logs.resolve(String.format(java.util.Locale.ROOT, "app-%05d", i));
      if (i % 333 == 1 && i < 9_990) {
        byte[] broken = new byte[64];
        Arrays.fill(broken, (byte) ('a' + i % 26));
        Files.write(file, broken);
      } else {
        new SmallLog("app-" + i).named("job " + i % 7 + "x", "count").write(file);
      }
    }

    Cli.Result result = analyze("logs");

    assertThat(result.words())
        .contains(
            "9,970 runs of 7 jobs: 0 failed, 0 without an end, 0 with problems, 9,970 healthy")
        .contains("30 files did not count")
        .contains("app-00001 is no event log");
    assertThat(result.exit()).isZero();
  }

  @Test
  void hostileNames_neitherBreakTheTerminalNorThePage() throws Exception {
    String hostile =
        "<script>alert(1)</script> \u202egnp.exe \u001b[31m\u0007 \"><img src=x onerror=y> "
            + "x".repeat(10_000);
    new SmallLog("<b>app</b>")
        .named(hostile, hostile)
        .set("spark.executor.memory", "<img src=x>")
        .failed()
        .write(folder.resolve("app-1"));

    Cli.Result result = analyze("app-1", "--html", "page.html", "--json", "runs.json", "--all");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).doesNotContain("\u202e").doesNotContain("\u0007");
    String page = Files.readString(folder.resolve("page.html"));
    assertThat(page)
        .doesNotContain("<script", "<img", "\u202e", "\u0007", "<b>app")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    RunSchema.valid(folder.resolve("runs.json"));
  }

  @Test
  void skewedRun_namesItsCauseAndWhatFollows() throws Exception {
    new SmallLog("app-1").skewed().write(folder.resolve("app-1"));

    Cli.Result result = analyze("app-1", "--json", "runs.json", "--html", "page.html", "--all");

    assertThat(result.words())
        .contains("Causes 1. skewed data (skewed stage, stage:0.0)")
        .contains("path: the run lost time (run) <- skewed data (stage:0.0)")
        .contains("follows core time without tasks (executors) from skewed stage (stage:0.0)");
    JsonNode run = RunSchema.valid(folder.resolve("runs.json")).path("runs").path(0);
    assertThat(run.path("rootCauses")).hasSize(1);
    assertThat(run.at("/rootCauses/0/kind").asText()).isEqualTo("skew");
    assertThat(run.at("/rootCauses/0/point").asText()).isEqualTo("stage.data-skew");
    assertThat(run.at("/rootCauses/0/component").asText()).isEqualTo("stage:0.0");
    assertThat(run.at("/causeSearch/abstained").asBoolean()).isFalse();
    assertThat(Files.readString(folder.resolve("page.html")))
        .contains("<h2>Causes</h2>", "class=\"n-cause\"", "1. skewed data · stage:0.0");
  }

  @Test
  void healthyRun_hasNoCause() throws Exception {
    new SmallLog("app-1").write(folder.resolve("app-1"));

    Cli.Result result = analyze("app-1", "--json", "runs.json");

    assertThat(result.words())
        .contains("Causes none Nothing that was found took 5 % of the run's time");
    JsonNode run = RunSchema.valid(folder.resolve("runs.json")).path("runs").path(0);
    assertThat(run.path("rootCauses").isArray()).isTrue();
    assertThat(run.path("rootCauses")).isEmpty();
  }

  @Test
  void hostileNames_doNotBreakThePictureOfCauses() throws Exception {
    String hostile = "</text></svg><script>alert(1)</script> \u202e\" onload=\"x";
    new SmallLog("app-1").named(hostile, hostile).skewed().write(folder.resolve("app-1"));

    assertThat(analyze("app-1", "--html", "page.html").exit()).isEqualTo(1);

    assertThat(Files.readString(folder.resolve("page.html")))
        .contains("class=\"n-cause\"")
        .doesNotContain("<script", "\u202e", "</text></svg><", "\" onload");
  }

  @Test
  void page_needsNothingButItself() throws Exception {
    new SmallLog("app-1").write(folder.resolve("app-1"));

    assertThat(analyze("app-1", "--html", "page.html").exit()).isZero();

    String page = Files.readString(folder.resolve("page.html"));
    assertThat(page)
        .doesNotContain("<script", "src=", "href=", "url(", "@import", "http:", "https:")
        .contains(
            "<svg", "Timeline", "Task times", "prefers-color-scheme:dark", "width=device-width");
  }

  @Test
  void addressOfHadoop_withoutItsClient_isOneLineWithTheWayOut() throws Exception {
    Cli.Result result = analyze("hdfs://namenode/logs");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.complaint())
        .contains("hdfs://namenode/logs needs Hadoop's client", "PLIMSOLL_CLASSPATH");
  }

  /** Hadoop's real client; its ViewFS stands for a file system that Java does not know. */
  @Test
  void addressOfHadoop_isReadByItsClient() throws Exception {
    new SmallLog("app-1").write(folder.resolve("logs/app-1"));
    Path rolled = folder.resolve("logs/eventlog_v2_app-2");
    new SmallLog("app-2").failed().write(rolled.resolve("events_1_app-2"));
    Files.createFile(rolled.resolve("appstatus_app-2"));
    Files.writeString(
        folder.resolve("core-site.xml"),
        "<configuration><property><name>fs.viewfs.mounttable.t.link./logs</name><value>file://"
            + folder.resolve("logs")
            + "</value></property></configuration>");

    Cli.Result result =
        Cli.run(hadoop() + File.pathSeparator + folder, folder, "analyze", "viewfs://t/logs");

    assertThat(result.isReadable().words()).contains("2 runs of 1 job: 1 failed", "1 healthy");
    assertThat(result.exit()).isEqualTo(1);
  }

  private static String hadoop() throws IOException {
    Path homes = Path.of(System.getProperty("plimsoll.root"), "deploy/spark-home/target");
    try (Stream<Path> jars = Files.find(homes, 3, (path, any) -> isClient(path))) {
      String found = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
      assertThat(found).contains("hadoop-client-api", "hadoop-client-runtime");
      return File.pathSeparator + found;
    }
  }

  private static boolean isClient(Path path) {
    return path.getFileName().toString().matches("hadoop-client-(api|runtime)-.*[.]jar");
  }

  @Test
  void flinkArchive_saysWhatItCan() throws Exception {
    Path archive =
        Path.of("../../collectors/engines/src/test/resources/flink/archive-2.2.1-canceled.json")
            .toAbsolutePath();

    Cli.Result result = analyze(archive.toString(), "--json", "runs.json", "--html", "page.html");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.words())
        .contains(
            "Flink 2.2.1", "CANCELED", "planned failure", "checkpoints: 91 completed, 4 failed")
        .contains("settings are advised for Spark jobs only");
    JsonNode run = RunSchema.valid(folder.resolve("runs.json")).path("runs").path(0);
    assertThat(run.path("engine").asText()).isEqualTo("flink");
    assertThat(run.has("recommendation")).isFalse();
    assertThat(run.has("scorecard")).isFalse();
  }
}
