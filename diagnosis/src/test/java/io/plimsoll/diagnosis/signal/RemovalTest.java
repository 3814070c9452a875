// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.profile.ExecutorProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engines' own words, and words that only look like them. */
class RemovalTest {
  private static ExecutorProfile removed(String reason) {
    return new ExecutorProfile("1", "host", 1, 0, 1, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Executor 2 was removed because it was idle",
        "Executor killed: idle for 60 s",
        "Executor 3 removed due to idle timeout.",
        "Executor killed by driver.",
        "Container container_e87_1_01_000002 exited from explicit termination request."
      })
  void givenBack(String reason) {
    assertThat(Removal.isRelease(removed(reason))).isTrue();
    assertThat(Removal.isDeliberate(removed(reason))).isTrue();
    assertThat(Removal.isForMemory(removed(reason))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Container on host: middle-idle-7 was lost",
        "Lost executor on was-idle.example.org",
        "worker lost on decommission-3",
        "Executor heartbeat timed out after 137012 ms",
        "Remote RPC client disassociated"
      })
  void lost(String reason) {
    assertThat(Removal.isDeliberate(removed(reason))).isFalse();
    assertThat(Removal.isForMemory(removed(reason))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Executor decommission.",
        "Executor decommission: worker decommissioned because of kill request",
        "Node is decommissioning"
      })
  void takenOutOfService(String reason) {
    assertThat(Removal.isRelease(removed(reason))).isFalse();
    assertThat(Removal.isDeliberate(removed(reason))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Command exited with code 137",
        "Container from a bad node: container_1 on host: h. Exit status: 137.",
        "Container exited with a non-zero exit code 137",
        "The executor with id 3 exited with exit code 137(SIGKILL, possible container OOM).",
        "The executor with id 3 was OOMKilled",
        "Container killed by YARN for exceeding memory limits. 5.5 GB of 5.5 GB used",
        "is running 1 MB beyond the physical memory of its container",
        "Unable to create executor due to java.lang.OutOfMemoryError: Java heap space",
        "killed: out of memory"
      })
  void killedForMemory(String reason) {
    assertThat(Removal.isForMemory(removed(reason))).isTrue();
    assertThat(Removal.isDeliberate(removed(reason))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Command exited with code 1: worker-20251117137000-10.0.0.12-7078 lost in room-3",
        "Container container_137_0001_01_000137 on host: oom-host-137 was preempted",
        "Exit status: 1370",
        "exited with code 1 after 137 s"
      })
  void whatOnlyContainsTheLetters_isNotForMemory(String reason) {
    assertThat(Removal.isForMemory(removed(reason))).isFalse();
  }

  @Test
  void noReason_saysNothing() {
    ExecutorProfile executor = new ExecutorProfile("1", "host", 1, 0, 1, null);
    assertThat(Removal.isDeliberate(executor)).isFalse();
    assertThat(Removal.isForMemory(executor)).isFalse();
  }
}
