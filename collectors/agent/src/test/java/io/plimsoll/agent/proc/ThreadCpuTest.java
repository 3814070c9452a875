// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadCpuTest {
  @ParameterizedTest
  @CsvSource({
    "GC Thread#0,GC",
    "G1 Conc#0,GC",
    "G1 Main Marker,GC",
    "G1 Refine#0,GC",
    "G1 Service,GC",
    "VM Thread,GC",
    "ParGC Thread#3,GC",
    "Shenandoah GC T,GC",
    "ZWorker#0,GC",
    "ZDriverMinor,GC",
    "ZWorkerOld#1,GC",
    "C1 CompilerThre,JIT",
    "C2 CompilerThre,JIT",
    "Sweeper thread,JIT",
    "Executor task l,OTHER",
    "VM Periodic Tas,OTHER",
    "Zookeeper,OTHER",
    "java,OTHER",
    "kafka-producer-,OTHER"
  })
  void kindsAreToldByTheKernelsName(String comm, ThreadKind kind) {
    assertThat(ThreadKind.of(comm)).isEqualTo(kind);
  }

  @Test
  void timesAreSummedByKind() {
    FakeTasks tasks = new FakeTasks();
    tasks.put("1", "java", 900);
    tasks.put("2", "GC Thread#0", 10);
    tasks.put("3", "VM Thread", 5);
    tasks.put("4", "C2 CompilerThre", 70);
    ThreadCpu cpu = new ThreadCpu(tasks);
    cpu.walk();
    assertThat(cpu.gcNanos()).isEqualTo(15);
    assertThat(cpu.jitNanos()).isEqualTo(70);
  }

  @Test
  void aThreadThatEndedKeepsItsLastTotal() {
    FakeTasks tasks = new FakeTasks();
    tasks.put("4", "C2 CompilerThre", 70);
    tasks.put("5", "C1 CompilerThre", 7);
    ThreadCpu cpu = new ThreadCpu(tasks);
    cpu.walk();
    tasks.remove("4");
    tasks.put("5", "C1 CompilerThre", 9);
    cpu.walk();
    assertThat(cpu.jitNanos()).isEqualTo(79);
  }

  @Test
  void anIdThatIsGivenToANewThreadCountsFromZeroAgain() {
    FakeTasks tasks = new FakeTasks();
    tasks.put("4", "C2 CompilerThre", 70);
    ThreadCpu cpu = new ThreadCpu(tasks);
    cpu.walk();
    cpu.walk();
    tasks.put("4", "C1 CompilerThre", 3);
    cpu.walk();
    assertThat(cpu.jitNanos()).isEqualTo(70);
    cpu.walk();
    assertThat(cpu.jitNanos()).isEqualTo(73);
  }

  @Test
  void aYoungThreadThatStillHasItsParentsNameIsAskedAgain() {
    FakeTasks tasks = new FakeTasks();
    tasks.put("6", "java", 1);
    ThreadCpu cpu = new ThreadCpu(tasks);
    cpu.walk();
    assertThat(cpu.gcNanos()).isEqualTo(-1);
    tasks.put("6", "GC Thread#1", 4);
    cpu.walk();
    assertThat(cpu.gcNanos()).isEqualTo(4);
  }

  @Test
  void withoutAnyNameOfAKindTheKindIsNotTold() {
    FakeTasks tasks = new FakeTasks();
    tasks.put("1", "java", 900);
    ThreadCpu cpu = new ThreadCpu(tasks);
    cpu.walk();
    assertThat(cpu.gcNanos()).isEqualTo(-1);
    assertThat(cpu.jitNanos()).isEqualTo(-1);
  }

  private static final class FakeTasks implements ThreadCpu.Tasks {
    private final Map<String, String> comms = new LinkedHashMap<>();
    private final Map<String, Long> nanos = new LinkedHashMap<>();

    private void put(String id, String comm, long cpuNanos) {
      comms.put(id, comm);
      nanos.put(id, cpuNanos);
    }

    private void remove(String id) {
      comms.remove(id);
      nanos.remove(id);
    }

    @Override
    public String[] ids() {
      return comms.keySet().toArray(new String[0]);
    }

    @Override
    public String comm(String id) {
      return comms.get(id);
    }

    @Override
    public long cpuNanos(String id) {
      return nanos.getOrDefault(id, -1L);
    }
  }
}
