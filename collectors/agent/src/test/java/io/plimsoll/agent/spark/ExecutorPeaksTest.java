// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutorPeaksTest {
  private final List<EngineEvent> told = new ArrayList<>();
  private final ExecutorPeaks peaks = new ExecutorPeaks(new Scala(), new MissingMembers());

  private void heap(long stage, String executor, long bytes) {
    peaks.task(stage, 0, executor, new SparkKindsTest.Peaks(Map.of("JVMHeapMemory", bytes)));
  }

  @Test
  void whatComesAfterTheEndOfItsStageIsLeftOut() {
    heap(4, "1", 70);
    peaks.stageEnded(4, 0, 9, told::add);
    heap(4, "1", 90);
    peaks.stageEnded(4, 0, 9, told::add);
    peaks.applicationEnded(10, told::add);
    assertThat(told)
        .singleElement()
        .satisfies(e -> assertThat(e.number(EventNumber.PEAK_HEAP_BYTES, -1)).isEqualTo(70));
  }

  @Test
  void lateValuesTakeNoRoomFromLaterStages() {
    for (int stage = 0; stage < 2 * ExecutorPeaks.MOST_ENTRIES; stage++) {
      heap(stage, "1", 70);
      peaks.stageEnded(stage, 0, 9, told::add);
      heap(stage, "1", 90);
    }
    assertThat(told).hasSize(2 * ExecutorPeaks.MOST_ENTRIES);
    assertThat(told).noneMatch(e -> e.has(EventNumber.CUT_COUNT));
  }

  @Test
  void theOldestStageMakesRoomAndThatIsCounted() {
    for (int stage = 0; stage <= ExecutorPeaks.MOST_ENTRIES; stage++) {
      heap(stage, "1", 70);
    }
    peaks.stageEnded(0, 0, 9, told::add);
    assertThat(told).isEmpty();
    peaks.stageEnded(ExecutorPeaks.MOST_ENTRIES, 0, 9, told::add);
    assertThat(told)
        .singleElement()
        .satisfies(e -> assertThat(e.number(EventNumber.CUT_COUNT, -1)).isEqualTo(1));
  }

  @Test
  void aStageOfMoreExecutorsThanThereIsRoomForKeepsTheFirst() {
    for (int executor = 0; executor < ExecutorPeaks.MOST_ENTRIES + 5; executor++) {
      heap(1, "e" + executor, 70);
    }
    peaks.stageEnded(1, 0, 9, told::add);
    assertThat(told)
        .hasSize(ExecutorPeaks.MOST_ENTRIES)
        .allMatch(e -> e.number(EventNumber.CUT_COUNT, -1) == 5)
        .anyMatch(e -> "e0".equals(e.text(EventText.EXECUTOR_ID)));
  }
}
