// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadCpuTest {
  private static final int VM_THREAD = 2;

  private final RecordedKernel kernel =
      RecordedKernel.empty()
          .put("/proc/self/stat", "1 (java) S 0" + " 0".repeat(30))
          .thread(1, "java", 3, 1)
          .thread(VM_THREAD, "VM Thread", 5, 0);

  private ThreadCpu walked() {
    ThreadCpu cpu = new ThreadCpu(kernel);
    cpu.walk(List.of());
    return cpu;
  }

  @ParameterizedTest
  @CsvSource({
    "GC Thread#0,gc",
    "G1 Conc#0,gc",
    "G1 Main Marker,gc",
    "VM Thread,gc",
    "ParGC Thread#3,gc",
    "Shenandoah GC T,gc",
    "ZWorkerOld#1,gc",
    "C1 CompilerThre,jit",
    "C2 CompilerThre,jit",
    "Sweeper thread,jit",
    "plimsoll-emit,agent",
    "Executor task l,tasks",
    "Source Data Fet,tasks",
    "VM Periodic Tas,vm",
    "Finalizer,finalizer",
    "JFR Recorder Th,jfr",
    "netty-rpc-conne,spark-rpc",
    "rpc-server-3-1,netty",
    "shuffle-server-,shuffle",
    "shuffle-exchang,spark-sql",
    "rocksdb:low,rocksdb",
    "kafka-producer-,kafka",
    "dag-scheduler-e,spark-scheduler",
    "task-result-get,spark-scheduler",
    "dispatcher-even,spark-rpc",
    "dispatcher-Coar,spark-rpc",
    "spark-listener-,spark-listener",
    "broadcast-excha,spark-sql",
    "block-manager-a,spark-block",
    "driver-heartbea,spark-heartbeat",
    "stdout writer f,spark-python",
    "flink-pekko.act,flink-rpc",
    "Flink Netty Ser,netty",
    "jobmanager-io-t,flink-io"
  })
  void groupsAreToldByTheKernelsName(String comm, String group) {
    assertThat(new ThreadRules().group(comm)).isEqualTo(group);
  }

  @ParameterizedTest
  @CsvSource({"pool-1-thread-1", "worker-3", "Zookeeper", "java", "VM Threads", "Finalizers", "x"})
  void aNameThatNoRuleKnowsIsInNoGroup(String comm) {
    assertThat(new ThreadRules().group(comm)).isEqualTo(ThreadRules.NONE);
  }

  @Test
  void aRecordedProcessIsWhollySplit() {
    ThreadCpu cpu = new ThreadCpu(RecordedKernel.of("v1-docker-nested"));
    cpu.walk(List.of());
    assertThat(cpu.groups())
        .containsEntry("gc", 109_857_829L + 33_317_885L)
        .containsEntry("jit", 197_420_029L)
        .containsEntry("main", 3_686_070L + 537_638_203L)
        .containsEntry("spark-rpc", 5_000_000L)
        .containsEntry("tasks", 900_000_000L)
        .containsEntry("", 42_000_000L);
    assertThat(cpu.largestUnnamed(10)).isEqualTo(Map.of("pool-#-thread-#", 42_000_000L));
    assertThat(cpu.waitNanos()).isPositive();
  }

  @Test
  void aThreadThatEndedKeepsWhatItUsed() {
    kernel.thread(4, "C2 CompilerThre", 70, 0).thread(5, "C1 CompilerThre", 7, 2);
    ThreadCpu cpu = walked();
    kernel.removeBelow("/proc/self/task/4").thread(5, "C1 CompilerThre", 9, 3);
    cpu.walk(List.of());
    assertThat(cpu.groups()).containsEntry("jit", 79L);
    assertThat(cpu.waitNanos()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {".*", ".*/task/.*", ".*/4/schedstat", ".*/4/comm", ".*/task/.*schedstat"})
  void filesThatCannotBeReadForAWhileAddNothing(String files) {
    kernel.thread(4, "C2 CompilerThre", 70, 5);
    ThreadCpu cpu = walked();
    Map<String, String> hidden = kernel.hideMatching(files);
    cpu.walk(List.of());
    cpu.walk(List.of());
    kernel.restore(hidden);
    cpu.walk(List.of());
    assertThat(cpu.groups()).containsEntry("jit", 70L).containsEntry("gc", 5L);
    kernel.thread(4, "C2 CompilerThre", 71, 6);
    cpu.walk(List.of());
    assertThat(cpu.groups()).containsEntry("jit", 71L);
    assertThat(cpu.waitNanos()).isEqualTo(1 + 6);
  }

  @Test
  void anIdThatIsGivenToANewThreadCountsFromZeroAgain() {
    kernel.thread(4, "C2 CompilerThre", 70, 5);
    ThreadCpu cpu = walked();
    cpu.walk(List.of());
    kernel.thread(4, "netty-1", 3, 1);
    cpu.walk(List.of());
    assertThat(cpu.groups()).containsEntry("jit", 70L).containsEntry("netty", 3L);
  }

  @Test
  void aYoungThreadThatStillHasItsParentsNameIsAskedAgain() {
    kernel.thread(6, "netty-1", 1, 0);
    ThreadCpu cpu = walked();
    kernel.thread(6, "GC Thread#1", 4, 0);
    cpu.walk(List.of());
    assertThat(cpu.groups()).containsEntry("netty", 1L).containsEntry("gc", 5L + 3L);
  }

  @Test
  void aThreadThatRenamesItselfMuchLaterChangesItsGroup() {
    kernel.thread(6, "pool-1-thread-1", 1, 0);
    ThreadCpu cpu = walked();
    for (int walk = 0; walk < 9; walk++) {
      cpu.walk(List.of());
    }
    kernel.thread(6, "kafka-x", 11, 0);
    for (int walk = 0; walk < 9; walk++) {
      cpu.walk(List.of());
    }
    kernel.thread(6, "kafka-x", 13, 0);
    cpu.walk(List.of());
    assertThat(cpu.groups().get("") + cpu.groups().get("kafka")).isEqualTo(13);
    assertThat(cpu.groups().get("kafka")).isPositive();
  }

  @Test
  void namesOfSubtasksAreTaskThreads() {
    kernel.thread(9, "Source: numbers", 50, 0);
    ThreadCpu cpu = new ThreadCpu(kernel);
    cpu.walk(List.of("Source: numbers -> Map (1/2)#0"));
    assertThat(cpu.groups()).containsEntry("tasks", 50L).doesNotContainKey("");
  }

  @Test
  void aJvmThatNamesNoThreadHasNoGroups() {
    ThreadCpu cpu = new ThreadCpu(RecordedKernel.of("nameless-threads"));
    cpu.walk(List.of());
    assertThat(cpu.namesTold()).isFalse();
    assertThat(cpu.groups().keySet()).containsExactly("");
    assertThat(cpu.groups().get("")).isGreaterThan(1_700_000_000L);
    assertThat(cpu.waitNanos()).isEqualTo(-1);
  }

  @Test
  void namesWithoutGroupStayBounded() {
    for (int i = 0; i < 400; i++) {
      kernel.thread(100 + i, "x" + (char) ('a' + i / 26) + (char) ('a' + i % 26), 1, 0);
    }
    ThreadCpu cpu = walked();
    assertThat(cpu.unnamedCount()).isEqualTo(257);
    assertThat(cpu.groups()).containsEntry("", 400L);
    assertThat(cpu.largestUnnamed(10)).hasSize(10).containsEntry("(more names)", 144L);
  }

  /** Threads come, work, rename themselves, and go: no total falls, all are at most the whole. */
  @Test
  void groupsNeverExceedWhatThreadsUsedAndNeverFall() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      RecordedKernel machine =
          RecordedKernel.empty()
              .put("/proc/self/stat", "1 (java) S 0" + " 0".repeat(30))
              .thread(1, "VM Thread", 1, 0);
      long[] nanos = new long[12];
      long process = 1;
      ThreadCpu cpu = new ThreadCpu(machine);
      Map<String, Long> before = Map.of();
      for (int walk = 0; walk < 20; walk++) {
        int id = 2 + random.nextInt(10);
        if (random.nextInt(4) == 0) {
          machine.removeBelow("/proc/self/task/" + id);
          nanos[id] = 0;
        } else {
          long used = random.nextInt(1_000_000);
          nanos[id] += used;
          process += used;
          machine.thread(id, NAMES.get(random.nextInt(NAMES.size())), nanos[id], used);
        }
        cpu.walk(List.of());
        Map<String, Long> groups = cpu.groups();
        assertThat(groups.values().stream().mapToLong(Long::longValue).sum())
            .isLessThanOrEqualTo(process);
        before.forEach(
            (group, total) -> assertThat(groups.get(group)).isGreaterThanOrEqualTo(total));
        before = groups;
      }
    }
  }

  private static final List<String> NAMES =
      List.of("GC Thread#1", "C2 CompilerThre", "netty-1", "Executor task l", "pool-1-thread-1");
}
