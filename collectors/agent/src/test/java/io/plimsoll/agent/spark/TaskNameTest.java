// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskNameTest {
  @Test
  void allFourNumbersAreRead() {
    TaskName name = TaskName.parse("task 12.3 in stage 45.6 (TID 789)");
    assertThat(name.index()).isEqualTo(12);
    assertThat(name.attemptNumber()).isEqualTo(3);
    assertThat(name.stageId()).isEqualTo(45);
    assertThat(name.stageAttempt()).isEqualTo(6);
  }

  @Test
  void theTaskIdNeedNotStandThere() {
    TaskName name = TaskName.parse("task 1.0 in stage 2.0");
    assertThat(name.stageId()).isEqualTo(2);
    assertThat(name.stageAttempt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "task", "stage 1.0", "in stage 3.0 task 1.0", "task x in stage y"})
  void anythingElseIsUnknown(String text) {
    TaskName name = TaskName.parse(text);
    assertThat(name.stageId()).isEqualTo(-1);
    assertThat(name.stageAttempt()).isEqualTo(-1);
    assertThat(name.index()).isEqualTo(-1);
    assertThat(name.attemptNumber()).isEqualTo(-1);
  }

  @Test
  void aNumberThatIsTooLargeIsUnknown() {
    assertThat(TaskName.parse("task 99999999999.0 in stage 1.0").index()).isEqualTo(-1);
  }

  @Test
  void aThousandMutilatedNamesAreReadWithoutHarm() {
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < 1_000; i++) {
      StringBuilder name =
          new StringBuilder("Executor task launch worker for task 1.0 in stage 3.2 (TID 7)");
      for (int change = 0; change <= i % 5; change++) {
        name.setCharAt(random.nextInt(name.length()), (char) (' ' + random.nextInt(95)));
      }
      name.setLength(random.nextInt(name.length() + 1));
      assertThat(TaskName.ofThread(name.toString()).taskId()).isGreaterThanOrEqualTo(-1);
      assertThat(TaskName.parse(name.toString()).stageId()).isGreaterThanOrEqualTo(-1);
    }
  }
}
