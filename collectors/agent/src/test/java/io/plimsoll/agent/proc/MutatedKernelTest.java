// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutatedKernelTest {
  private static final int MUTATIONS = 1_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1-docker-nested",
        "v2-kubernetes-peak",
        "v2-slices-without-peak",
        "hybrid",
        "no-cgroup-children",
        "children-files",
        "nameless-threads",
        "truncated"
      })
  @Timeout(60)
  void whateverTheKernelSaysIsReadOrAbsent(String recording) {
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Random random = new Random(seed);
      RecordedKernel kernel = RecordedKernel.of(recording).changeAll(text -> mutated(text, random));
      assertThatCode(() -> readAll(kernel))
          .as("%s with seed %d", recording, seed)
          .doesNotThrowAnyException();
    }
  }

  private static void readAll(RecordedKernel kernel) {
    Readings readings = new Readings();
    SelfStatus status = new SelfStatus(kernel, "/no/such/folder");
    CgroupMemory memory = CgroupMemory.find(kernel);
    CgroupCpu cpu = CgroupCpu.find(kernel);
    Children children = new Children(kernel);
    ThreadCpu threads = new ThreadCpu(kernel);
    for (int moment = 0; moment < 2; moment++) {
      readings.begin();
      status.read(readings);
      status.readLimits(readings);
      memory.read(readings);
      memory.findLimits();
      cpu.read(readings);
      children.read(readings);
      threads.walk(List.of());
      assertThat(readings.values().values()).allMatch(value -> value >= 0);
      assertThat(readings.values()).hasSizeLessThan(100);
      assertThat(threads.groups().values()).allMatch(nanos -> nanos >= 0);
    }
  }

  private static String mutated(String text, Random random) {
    if (text.isEmpty() || random.nextInt(3) != 0) {
      return text;
    }
    int at = random.nextInt(text.length());
    switch (random.nextInt(6)) {
      case 0:
        return text.substring(0, at);
      case 1:
        return text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
      case 2:
        return text.substring(0, at) + "99999999999999999999" + text.substring(at);
      case 3:
        return text.substring(0, at) + text.substring(at).repeat(1 + random.nextInt(20));
      case 4:
        return text.replaceAll("[0-9]+", random.nextBoolean() ? "-1" : "9223372036854775807");
      default:
        return text.substring(at) + text.substring(0, at);
    }
  }
}
