// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupPlaceTest {
  private static final String V1_MOUNTS =
      "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755\n"
          + "32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu\n"
          + "33 31 0:30 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct\n"
          + "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
          + "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";
  private static final String V1_GROUPS =
      "4:memory:/plim/w1\n3:cpuset:/\n2:cpuacct:/plim/w1\n1:cpu:/plim/w1\n0::/\n";

  private static final String V2_MOUNTS =
      "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

  @Test
  void aV1ControllerIsFoundUnderItsOwnMount() {
    CgroupPlace memory = CgroupPlace.find("memory", V1_GROUPS, V1_MOUNTS);
    assertThat(memory).isNotNull();
    assertThat(memory.unified()).isFalse();
    assertThat(memory.folders())
        .containsExactly(
            "/sys/fs/cgroup/memory/plim/w1", "/sys/fs/cgroup/memory/plim", "/sys/fs/cgroup/memory");
  }

  @Test
  void aControllerThatSharesItsMountIsFound() {
    CgroupPlace cpu =
        CgroupPlace.find(
            "cpu",
            "5:cpu,cpuacct:/user.slice\n",
            "9 8 0:1 / /cg/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n");
    assertThat(cpu).isNotNull();
    assertThat(cpu.folders()).startsWith("/cg/cpu,cpuacct/user.slice");
  }

  @Test
  void aV2GroupIsFound() {
    CgroupPlace memory = CgroupPlace.find("memory", "0::/system.slice/app.scope\n", V2_MOUNTS);
    assertThat(memory).isNotNull();
    assertThat(memory.unified()).isTrue();
    assertThat(memory.folders())
        .containsExactly(
            "/sys/fs/cgroup/system.slice/app.scope",
            "/sys/fs/cgroup/system.slice",
            "/sys/fs/cgroup");
  }

  @Test
  void aContainersMountShowsOnlyItsPartOfTheHierarchy() {
    CgroupPlace memory =
        CgroupPlace.find(
            "memory",
            "4:memory:/docker/abc/inner\n",
            "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro master:9 - cgroup cgroup rw,memory\n");
    assertThat(memory).isNotNull();
    assertThat(memory.folders())
        .isEqualTo(List.of("/sys/fs/cgroup/memory/inner", "/sys/fs/cgroup/memory"));
  }

  @Test
  void withoutAMountThereIsNoPlace() {
    assertThat(CgroupPlace.find("memory", V1_GROUPS, "")).isNull();
    assertThat(CgroupPlace.find("memory", "", V2_MOUNTS)).isNull();
  }

  @Test
  void aPathOutsideOfTheNamespaceIsTheMountPoint() {
    CgroupPlace memory = CgroupPlace.find("memory", "0::/../../other.scope\n", V2_MOUNTS);
    assertThat(memory).isNotNull();
    assertThat(memory.folders()).containsExactly("/sys/fs/cgroup");
  }

  @Test
  void aFolderThatTheContainerDoesNotSeeIsPassedOver() {
    RecordedKernel kernel =
        RecordedKernel.empty()
            .put("/proc/self/cgroup", "0::/host/only/this.scope\n")
            .put("/proc/self/mountinfo", V2_MOUNTS)
            .put("/sys/fs/cgroup/memory.max", "max\n");
    CgroupPlace memory = CgroupPlace.find("memory", kernel);
    assertThat(memory).isNotNull();
    assertThat(memory.folders()).containsExactly("/sys/fs/cgroup");
  }

  @Test
  void aPathOfAHundredThousandFoldersStaysBounded() {
    CgroupPlace memory = CgroupPlace.find("memory", "0::" + "/a".repeat(100_000), V2_MOUNTS);
    assertThat(memory).isNotNull();
    assertThat(memory.folders()).hasSizeLessThan(70);
  }
}
