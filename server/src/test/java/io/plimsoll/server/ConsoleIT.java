// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.profile.RunKey;
import io.plimsoll.store.InMemoryStore;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("chromium")
class ConsoleIT {
  private static final RunKey FIRST =
      new RunKey("spark://127.0.0.1:7077", "app-20261123160000-0000", 0);
  private static final RunKey SECOND =
      new RunKey("spark://127.0.0.1:7077", "app-20261123161000-0001", 0);
  private static final RunKey RUNNING = new RunKey("local", "app-3", 0);
  private static final RunKey HOSTILE = new RunKey("local", "app-4", 0);
  private static final Path TARGET = Path.of("target");
  private static final int RSS_BLUE = 0x2a6fb8;
  private static final int ASKED_ORANGE = 0xc4501b;
  private static final int CPU_GREEN = 0x1d7a5f;

  @TempDir private static Path folder;

  private static final InMemoryStore store = new InMemoryStore();
  private static PlimsollServer server;
  private static Chromium chromium;

  @BeforeAll
  static void startServer() {
    Optional<Chromium> found = Chromium.find(folder);
    assumeThat(found).as("chromium on PATH (Debian: apt-get install chromium)").isPresent();
    assertThat(ConsoleIT.class.getResource("/web/index.html"))
        .as("the console's bundle")
        .isNotNull();
    chromium = found.orElseThrow();
    long start = SyntheticRun.START_MILLIS;
    SyntheticRun.of(FIRST, "daily_orders #7", start, "6g").storeIn(store, true);
    SyntheticRun.of(SECOND, "daily_orders #8", start + 600_000, "1g").storeIn(store, true);
    SyntheticRun.unfinished(RUNNING, "hourly_clicks", start + 700_000, "6g").storeIn(store, false);
    SyntheticRun.unfinished(
            HOSTILE, "<script>alert(1)</script><img src=x onerror=alert(2)>", start, "1g")
        .storeIn(store, false);
    server = PlimsollServer.start(ServerConfig.onPort(0), store, store, store);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                store.recommendation(FIRST).isPresent()
                    && store.recommendation(SECOND).isPresent());
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static URI page(RunKey run) {
    String id = URLEncoder.encode(run.id(), StandardCharsets.UTF_8);
    return server.address().resolve("/#/runs/" + id);
  }

  private static String text(String dom) {
    String body = dom.replaceAll("(?s)<(script|style|svg)[^>]*>.*?</\\1>", "");
    return body.replaceAll("<[^>]*>", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replaceAll("\\s+", " ");
  }

  private static int count(String text, String regex) {
    return (int) Pattern.compile(regex).matcher(text).results().count();
  }

  @Test
  void runShowsVerdictChartsFindingsAdviceStagesAndBooks() throws Exception {
    Chromium.Look look = chromium.look(page(FIRST), 1280, 900);
    String text = text(look.dom());

    assertThat(look.console()).isEmpty();
    assertThat(text)
        .containsPattern(
            "2 executors asked for 6\\.6 GiB each, none used more than \\d+ MiB: 8\\d % of the memory is air")
        .containsPattern("Set .*spark\\.executor\\.memory \\d+[mg]")
        .contains("Executor 0", "Executor 1", "Driver", "asked 1 core")
        .contains("Evidence", "What to do:")
        .containsPattern("\\d+ clear")
        .containsPattern("- spark\\.executor\\.memory +6g")
        .containsPattern("\\+ spark\\.executor\\.memory +\\d+[mg]")
        .contains("Copy for spark-defaults.conf", "Really needed", "Taken back by")
        .contains("collect at Query2.scala:42")
        .contains("Residual");
    assertThat(count(look.dom(), "<canvas")).isEqualTo(6);
    assertThat(text.indexOf("of the memory is air"))
        .as("the verdict stands first")
        .isLessThan(text.indexOf("Memory and CPU against"));
    assertThat(count(look.dom(), "role=\"img\" aria-label=\"Executor \\d, (memory|CPU) over time"))
        .isEqualTo(4);
  }

  @Test
  void screenshotShowsMemoryAndCpuAgainstWhatWasAsked() throws Exception {
    Path image = TARGET.resolve("console-run.png");
    Files.deleteIfExists(image);
    chromium.screenshot(page(FIRST), 1280, 900, image);
    chromium.screenshot(page(FIRST), 1280, 4200, TARGET.resolve("console-run-whole.png"));
    chromium.screenshot(
        page(FIRST),
        1280,
        900,
        TARGET.resolve("console-run-dark.png"),
        "--force-dark-mode",
        "--blink-settings=preferredColorScheme=0");

    BufferedImage picture = ImageIO.read(image.toFile());
    assertThat(pixels(picture, RSS_BLUE)).as("resident memory").isGreaterThan(200);
    assertThat(pixels(picture, ASKED_ORANGE)).as("asked for").isGreaterThan(200);
    assertThat(pixels(picture, CPU_GREEN)).as("cores busy").isGreaterThan(200);
  }

  private static int pixels(BufferedImage picture, int rgb) {
    int found = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if ((picture.getRGB(x, y) & 0xffffff) == rgb) {
          found++;
        }
      }
    }
    return found;
  }

  @Test
  void secondRunStandsBesideTheFirst() throws Exception {
    String text = text(chromium.look(page(SECOND), 1280, 900).dom());

    assertThat(text)
        .contains("Against the run before")
        .containsPattern("Memory asked, GiB·s 79\\d 16\\d −7\\d %");
  }

  @Test
  void runningRunSaysSoAndWaitsForItsAdvice() throws Exception {
    Chromium.Look look = chromium.look(page(RUNNING), 1280, 900);

    assertThat(look.console()).isEmpty();
    assertThat(text(look.dom())).contains("running", "So far,", "Made when the run is complete.");
  }

  @Test
  void listLeadsToEveryRun() throws Exception {
    Chromium.Look look = chromium.look(server.address().resolve("/"), 1280, 900);
    chromium.screenshot(
        server.address().resolve("/"), 1280, 900, TARGET.resolve("console-runs.png"));

    assertThat(look.console()).isEmpty();
    assertThat(count(look.dom(), "href=\"#/runs/")).isEqualTo(4);
    assertThat(text(look.dom())).contains("daily_orders #7", "daily_orders #8", "hourly_clicks");
  }

  @Test
  void hostileNameIsShownAndNotRun() throws Exception {
    Chromium.Look look = chromium.look(page(HOSTILE), 1280, 900);

    assertThat(look.console()).isEmpty();
    assertThat(look.dom()).doesNotContain("<img src=").doesNotContain("<script>alert");
    assertThat(text(look.dom())).contains("<script>alert(1)</script>");
  }

  @Test
  void unknownRunIsNamed() throws Exception {
    Chromium.Look look = chromium.look(page(new RunKey("local", "app-9", 0)), 1280, 900);

    assertThat(text(look.dom())).contains("Cannot load: no run 'local~app-9~0'");
  }
}
