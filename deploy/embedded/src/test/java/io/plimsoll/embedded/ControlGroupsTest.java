// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlGroupsTest {
  private static final String UNIFIED = "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0";

  @Test
  void versionOneWithControllersApart() {
    ControlGroups groups =
        ControlGroups.of(
                List.of(
                    "proc /proc proc rw 0 0",
                    "cgroup /c/cpu cgroup rw,relatime,cpu 0 0",
                    "cgroup /c/cpuacct cgroup rw,relatime,cpuacct 0 0",
                    "cgroup /c/cpuset cgroup rw,relatime,cpuset 0 0",
                    "cgroup /c/memory cgroup rw,relatime,memory 0 0",
                    UNIFIED))
            .orElseThrow();

    assertThat(groups.nodeFiles("run", 2))
        .containsExactly(
            Path.of("/c/memory/run/node-2/daemon/cgroup.procs"),
            Path.of("/c/cpu/run/node-2/cgroup.procs"),
            Path.of("/c/cpuacct/run/node-2/cgroup.procs"));
    assertThat(groups.headFiles("run")).containsExactly(Path.of("/c/memory/run/head/cgroup.procs"));
  }

  @Test
  void versionOneWithControllersTogether() {
    ControlGroups groups =
        ControlGroups.of(
                List.of(
                    "cgroup /c/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0",
                    "cgroup /c/memory cgroup rw,memory 0 0"))
            .orElseThrow();

    assertThat(groups.nodeFiles("run", 1))
        .containsExactly(
            Path.of("/c/memory/run/node-1/daemon/cgroup.procs"),
            Path.of("/c/cpu,cpuacct/run/node-1/cgroup.procs"));
  }

  @Test
  void versionTwoAlone() {
    ControlGroups groups =
        ControlGroups.of(List.of("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0")).orElseThrow();

    assertThat(groups.nodeFiles("run", 1))
        .containsExactly(Path.of("/sys/fs/cgroup/run/node-1/daemon/cgroup.procs"));
    assertThat(groups.ownLimit("run", 1, "LIMIT"))
        .contains(
            "\"$LIMIT\" >\"$group/memory.max\"", "group=/sys/fs/cgroup/run/node-1/executor-$$");
  }

  @Test
  void noneWithoutBothControllers() {
    assertThat(ControlGroups.of(List.of("cgroup /c/memory cgroup rw,memory 0 0"))).isEmpty();
    assertThat(ControlGroups.of(List.of("proc /proc proc rw 0 0", "odd"))).isEmpty();
  }
}
