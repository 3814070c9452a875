// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.standalone.analyze.Cli;
import io.plimsoll.standalone.analyze.SmallLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command through its real entry. */
class CompareIT {
  @TempDir private Path folder;

  @Test
  void slowerRun_isExplainedByItsStage() throws Exception {
    new SmallLog("app-1").named("orders", "count at A.scala:17").write(folder.resolve("good"));
    new SmallLog("app-2")
        .named("orders", "count at A.scala:18")
        .tasks(32, 27_000, 5_000_000)
        .set("spark.sql.shuffle.partitions", "32")
        .set("spark.driver.port", "4711")
        .write(folder.resolve("bad"));

    Cli.Result result = Cli.run(folder, "compare", "good", "bad", "--json", "c.json").isReadable();

    assertThat(result.exit()).isZero();
    assertThat(result.words())
        .contains("VERDICT", "3.89 times as long", "count at A.scala:#")
        .contains("+ spark.sql.shuffle.partitions 32")
        .doesNotContain("spark.driver.port");
    JsonNode comparison = new ObjectMapper().readTree(folder.resolve("c.json").toFile());
    double wall = 0;
    double tasks = 0;
    for (JsonNode part : comparison.path("explanations")) {
      wall += part.path("wallMillis").path("change").asDouble();
      tasks += part.path("taskMillis").path("change").asDouble();
    }
    // 8 rounds of 27 s instead of 2, and 24 tasks more.
    assertThat(wall).isCloseTo(6 * 27_000, within(1e-6));
    assertThat(tasks).isCloseTo(24 * 27_000, within(1e-6));
    JsonNode first = comparison.path("explanations").path(0);
    assertThat(first.path("part").asText()).isEqualTo("count at A.scala:#");
    assertThat(first.path("reasons").toString()).contains("read 153 MiB instead of 7.63 MiB");
  }

  @Test
  void sameRun_differsInNothing() throws Exception {
    new SmallLog("app-1").write(folder.resolve("a"));

    Cli.Result result = Cli.run(folder, "compare", "a", "a").isReadable();

    assertThat(result.words())
        .contains("about the same", "no part differs", "Settings that differ none");
  }

  @Test
  void badInput_isOneLine() throws Exception {
    new SmallLog("app-1").write(folder.resolve("logs/a"));
    new SmallLog("app-2").write(folder.resolve("logs/b"));
    Files.writeString(folder.resolve("text"), "not a log\n");

    Cli.Result two = Cli.run(folder, "compare", "logs", "logs/a");
    assertThat(two.exit()).isEqualTo(2);
    assertThat(two.complaint()).contains("logs holds 2 files", "name one of them");
    Cli.Result none = Cli.run(folder, "compare", "logs/a", "text");
    assertThat(none.exit()).isEqualTo(3);
    assertThat(none.complaint()).contains("text is no event log", "name the log of one run");
  }
}
