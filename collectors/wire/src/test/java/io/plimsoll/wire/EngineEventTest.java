// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineEventTest {
  @Test
  void eventThatHasBeenBuilt_isNotChangedByItsBuilder() {
    EngineEvent.Builder builder =
        EngineEvent.builder(EventKind.TASK_ENDED, 5)
            .put(EventNumber.STAGE_ID, 1)
            .put(EventText.HOST, "one")
            .property("key", "one");
    EngineEvent first = builder.build();

    EngineEvent second =
        builder
            .put(EventNumber.STAGE_ID, 2)
            .put(EventText.HOST, "two")
            .property("key", "two")
            .property("other", "two")
            .build();

    assertThat(first.number(EventNumber.STAGE_ID, 0)).isEqualTo(1);
    assertThat(first.text(EventText.HOST)).isEqualTo("one");
    assertThat(first.properties()).hasSize(1).containsEntry("key", "one");
    assertThat(second.number(EventNumber.STAGE_ID, 0)).isEqualTo(2);
    assertThat(second.text(EventText.HOST)).isEqualTo("two");
    assertThat(second.properties()).hasSize(2).containsEntry("key", "two");
  }

  @Test
  void eventWithoutFields_hasEmptyOnes() {
    EngineEvent event = EngineEvent.builder(EventKind.JVM_ENDING, 5).build();

    assertThat(event.numbers()).isEmpty();
    assertThat(event.texts()).isEmpty();
    assertThat(event.properties()).isEmpty();
  }
}
