// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plimsoll.profile.Rollup;
import io.plimsoll.profile.Rollup.Level;
import io.plimsoll.profile.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RollupPointTest {
  private static final RunKey RUN = new RunKey("prod", "app-1", 2);

  @Test
  void aProcessHasThreeTagsAndIntegersOnly() {
    Rollup rollup = rollup(Level.PROCESS, "p-1", 20_000, Map.of("cpu", 5L));
    assertThat(line(rollup))
        .isEqualTo(
            "plimsoll_process,cluster=prod,process=p-1,run=prod~app-1~2 cpu=5i,plimsoll.revision=7i,"
                + "plimsoll.shape="
                + RollupPoint.shape(List.of("cpu"))
                + "i 20000000000");
  }

  @Test
  void aStageIsNoTag() {
    Rollup rollup = rollup(Level.STAGE, "12.1", 10_000, Map.of());
    assertThat(line(rollup))
        .startsWith("plimsoll_stage,cluster=prod,run=prod~app-1~2 plimsoll.revision=7i,")
        .contains("plimsoll.stage=12i,plimsoll.stage.attempt=1i")
        .endsWith(" 10000013002");
  }

  @Property
  void stagesOfAWindowHaveTimesOfTheirOwnInIt(
      @ForAll @IntRange(min = -1, max = 9_999_998) int stage,
      @ForAll @IntRange(min = -1, max = 998) int attempt,
      @ForAll @IntRange(min = -1, max = 9_999_998) int otherStage,
      @ForAll @IntRange(min = -1, max = 998) int otherAttempt) {
    long one = RollupPoint.nanos(rollup(Level.STAGE, stage + "." + attempt, 50_000, Map.of()));
    long other =
        RollupPoint.nanos(rollup(Level.STAGE, otherStage + "." + otherAttempt, 50_000, Map.of()));
    assertThat(one == other).isEqualTo(stage == otherStage && attempt == otherAttempt);
    assertThat(RollupPoint.windowStartMillis(one)).isEqualTo(50_000);
  }

  @Test
  void whatHasNoPlaceIsNamed() {
    assertRefused(rollup(Level.STAGE, "map", 0, Map.of()), "'map' is no stage and attempt");
    assertRefused(
        rollup(Level.STAGE, "10000000.0", 0, Map.of()),
        "stage 10000000.0 is beyond what is told apart");
    assertRefused(
        rollup(Level.RUN, "", Rollup.windowStart(253_402_300_799_000L), Map.of()),
        "InfluxDB's time ends before its window");
    assertRefused(
        new Rollup(RUN, Level.RUN, "", 0, 5_000, 1, new TreeMap<>()), "its window is none of 10 s");
  }

  @Test
  void shapeTellsNamesApart() {
    assertThat(RollupPoint.shape(List.of())).isEqualTo(0xcbf29ce484222325L);
    assertThat(RollupPoint.shape(List.of("ab", "c")))
        .isNotEqualTo(RollupPoint.shape(List.of("a", "bc")))
        .isNotEqualTo(RollupPoint.shape(List.of("ab")));
  }

  @Test
  void tagTextsComeBack() {
    String odd = "a\n\\ 50% + ü, =\"";
    assertThat(TagText.encode(odd)).doesNotContain("\n").doesNotContain("\\");
    assertThat(TagText.decode(TagText.encode(odd))).isEqualTo(odd);
  }

  private static void assertRefused(Rollup rollup, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RollupPoint.nanos(rollup))
        .withMessage(message);
  }

  private static String line(Rollup rollup) {
    return RollupPoint.line(
        Objects.requireNonNull(Place.of(rollup.level())), rollup, rollup.values());
  }

  private static Rollup rollup(
      Level level, String entity, long startMillis, Map<String, Long> values) {
    return new Rollup(RUN, level, entity, startMillis, 10_000, 7, new TreeMap<>(values));
  }
}
