// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventNumber;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkEventLogTest {
  private static final String TASK =
      "{\"Event\":\"SparkListenerTaskEnd\",\"Stage ID\":3,\"Stage Attempt ID\":1,"
          + "\"Task End Reason\":{\"Reason\":\"%s\"},\"Task Info\":{\"Task ID\":42,\"Index\":5,"
          + "\"Attempt\":2,\"Launch Time\":1000,\"Executor ID\":\"0\",\"Host\":\"h\","
          + "\"Finish Time\":1500,\"Failed\":false,\"Killed\":false},"
          + "\"Task Metrics\":{\"Executor CPU Time\":123456789,\"Executor Run Time\":400}}\n";

  @TempDir private Path folder;

  private List<EngineEvent> read(String text, long lines, long broken) throws IOException {
    Path file = Files.writeString(folder.resolve("log"), text);
    List<EngineEvent> events = new ArrayList<>();
    LogReading reading = SparkEventLog.tasks(file, events::add);
    assertThat(reading.lines()).isEqualTo(lines);
    assertThat(reading.brokenLines()).isEqualTo(broken);
    return events;
  }

  @Test
  void taskEnd_isReadWithItsIdsAndMetrics() throws IOException {
    List<EngineEvent> events =
        read("{\"Event\":\"SparkListenerLogStart\"}\n" + TASK.formatted("Success"), 2, 0);

    EngineEvent task = events.get(0);
    assertThat(task.number(EventNumber.TASK_ID, -1)).isEqualTo(42);
    assertThat(task.number(EventNumber.STAGE_ID, -1)).isEqualTo(3);
    assertThat(task.number(EventNumber.STAGE_ATTEMPT, -1)).isEqualTo(1);
    assertThat(task.number(EventNumber.PARTITION, -1)).isEqualTo(5);
    assertThat(task.number(EventNumber.CPU_TIME_NANOS, -1)).isEqualTo(123456789);
    assertThat(task.has(EventNumber.GC_TIME_MILLIS)).isFalse();
    assertThat(task.text(EventText.OUTCOME)).isEqualTo("SUCCEEDED");
  }

  @Test
  void endReasons_areToldApart() throws IOException {
    List<EngineEvent> events =
        read(TASK.formatted("TaskKilled") + TASK.formatted("ExceptionFailure"), 2, 0);

    assertThat(events)
        .extracting(event -> event.text(EventText.OUTCOME))
        .containsExactly("KILLED", "FAILED");
  }

  @Test
  void brokenAndTruncatedLines_areCountedAndTheRestIsUsed() throws IOException {
    String text = "not json\n" + TASK.formatted("Success") + "{\"Event\":\"SparkListenerTas";

    assertThat(read(text, 3, 2)).hasSize(1);
  }
}
