// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CgroupMemoryTest {
  private static final Metric[] MEMORY = {
    Metric.CGROUP_MEMORY_LIMIT,
    Metric.CGROUP_MEMORY_USAGE,
    Metric.CGROUP_MEMORY_WORKING_SET,
    Metric.CGROUP_MEMORY_PEAK,
    Metric.CGROUP_MEMORY_ANON,
    Metric.CGROUP_MEMORY_FILE,
    Metric.CGROUP_OOM,
    Metric.CGROUP_OOM_KILL,
    Metric.CGROUP_MEMORY_LIMIT_HITS,
    Metric.MEMORY_KILL_LIMIT,
    Metric.MEMORY_KILL_DISTANCE
  };

  private static Readings read(KernelTexts kernel) {
    Readings readings = new Readings();
    readings.begin();
    CgroupMemory.find(kernel).read(readings);
    CgroupCpu.find(kernel).read(readings);
    return readings;
  }

  private static Long value(Readings readings, Metric metric) {
    return readings.values().get(MetricKey.of(metric));
  }

  private static void assertMemory(Readings readings, Long... expected) {
    for (int i = 0; i < MEMORY.length; i++) {
      assertThat(value(readings, MEMORY[i])).as(MEMORY[i].name()).isEqualTo(expected[i]);
    }
  }

  @Test
  void inANestedV1ContainerTheLimitOfTheWorkerAboveCounts() {
    Readings readings = read(RecordedKernel.of("v1-docker-nested"));
    assertMemory(
        readings,
        2_147_483_648L,
        1_900_000_000L,
        1_750_000_000L,
        2_147_000_000L,
        1_600_000_000L,
        290_000_000L,
        null,
        2L,
        17L,
        1_500_000_000L,
        0L);
    Map<String, String> sources = readings.sources();
    assertThat(sources)
        .containsEntry("cgroup.memory.usage", "cgroup v1 memory.usage_in_bytes")
        .containsEntry("process.memory.kill.limit", "cgroup v1 hierarchical_memory_limit");
    assertThat(readings.degraded()).contains("no cgroup.memory.oom: cgroup v1 does not count it");
  }

  @Test
  void v1CpuIsThatOfTheNearestQuota() {
    Readings readings = read(RecordedKernel.of("v1-docker-nested"));
    assertThat(value(readings, Metric.CGROUP_CPU_QUOTA_MILLI)).isEqualTo(450);
    assertThat(value(readings, Metric.CGROUP_CPU_PERIODS)).isEqualTo(1_200);
    assertThat(value(readings, Metric.CGROUP_CPU_THROTTLED)).isEqualTo(321);
    assertThat(value(readings, Metric.CGROUP_CPU_THROTTLED_TIME)).isEqualTo(4_567_890_123L);
    assertThat(value(readings, Metric.CGROUP_CPU_USAGE)).isEqualTo(98_765_432_109L);
  }

  @Test
  void v2TellsPeakEventsAndPressure() {
    Readings readings = read(RecordedKernel.of("v2-kubernetes-peak"));
    assertMemory(
        readings,
        4_294_967_296L,
        3_000_000_000L,
        2_500_000_000L,
        4_200_000_000L,
        2_000_000_000L,
        900_000_000L,
        3L,
        2L,
        41L,
        4_294_967_296L,
        1_794_967_296L);
    assertThat(value(readings, Metric.MEMORY_PRESSURE_SOME)).isEqualTo(1_234_567_000L);
    assertThat(value(readings, Metric.MEMORY_PRESSURE_FULL)).isEqualTo(7_654_000L);
    assertThat(value(readings, Metric.CGROUP_CPU_QUOTA_MILLI)).isEqualTo(1_500);
    assertThat(value(readings, Metric.CGROUP_CPU_THROTTLED)).isEqualTo(39);
    assertThat(value(readings, Metric.CGROUP_CPU_THROTTLED_TIME)).isEqualTo(777_001_000L);
    assertThat(value(readings, Metric.CGROUP_CPU_USAGE)).isEqualTo(5_000_123_000L);
    assertThat(readings.sources())
        .containsEntry("process.memory.kill.limit", "cgroup v2 memory.max of /sys/fs/cgroup")
        .containsEntry("cgroup.memory.pressure.some", "cgroup v2 memory.pressure");
    assertThat(readings.degraded()).isEmpty();
  }

  @Test
  void anOlderV2KernelHasNoPeakAndTheSliceAboveLimits() {
    Readings readings = read(RecordedKernel.of("v2-slices-without-peak"));
    assertMemory(
        readings,
        8_589_934_592L,
        8_400_000_000L,
        8_300_000_000L,
        null,
        8_000_000_000L,
        300_000_000L,
        3L,
        2L,
        41L,
        8_589_934_592L,
        289_934_592L);
    assertThat(value(readings, Metric.MEMORY_PRESSURE_SOME)).isNull();
    assertThat(value(readings, Metric.CGROUP_CPU_QUOTA_MILLI)).isEqualTo(4_000);
    assertThat(readings.degraded())
        .contains("no cgroup.memory.peak: this kernel has no memory.peak (Linux 5.19 has)")
        .contains("this kernel does not tell pressure");
  }

  @Test
  void onAHybridMachineTheOldControllersCount() {
    Readings readings = read(RecordedKernel.of("hybrid"));
    assertMemory(
        readings,
        2_147_483_648L,
        1_000_000_000L,
        800_000_000L,
        1_100_000_000L,
        700_000_000L,
        290_000_000L,
        null,
        1L,
        5L,
        2_147_483_648L,
        1_347_483_648L);
    assertThat(value(readings, Metric.CGROUP_CPU_QUOTA_MILLI)).isNull();
    assertThat(value(readings, Metric.CGROUP_CPU_USAGE)).isEqualTo(123);
    assertThat(readings.sources())
        .containsEntry("cgroup.memory.pressure.some", "/proc/pressure/memory (the machine's)");
  }

  @Test
  void withoutCgroupsTheMachineLimits() {
    Readings readings = read(RecordedKernel.of("no-cgroup-children"));
    assertThat(value(readings, Metric.CGROUP_MEMORY_USAGE)).isNull();
    assertThat(value(readings, Metric.MEMORY_KILL_LIMIT)).isEqualTo(24_684_084L * 1024);
    assertThat(value(readings, Metric.MEMORY_KILL_DISTANCE)).isEqualTo(18_874_368L * 1024);
    assertThat(readings.sources())
        .containsEntry("process.memory.kill.limit", "the machine's memory (/proc/meminfo)");
    assertThat(readings.degraded()).contains("no memory cgroup is mounted");
  }

  @Test
  void truncatedFilesTellNothing() {
    Readings readings = read(RecordedKernel.of("truncated"));
    assertThat(readings.values()).isEmpty();
  }

  @Test
  void withoutProcEverythingIsAbsentAndNamed() {
    Readings readings = read(RecordedKernel.empty());
    assertThat(readings.values()).isEmpty();
    for (Metric metric : MEMORY) {
      assertThat(readings.degraded()).contains(metric.wireName());
    }
  }

  @Test
  void aLimitThatIsChangedIsSeenAtTheNextLook() {
    RecordedKernel kernel = RecordedKernel.of("v2-kubernetes-peak");
    CgroupMemory memory = CgroupMemory.find(kernel);
    kernel.put("/sys/fs/cgroup/memory.max", "3500000000\n");
    memory.findLimits();
    Readings readings = new Readings();
    readings.begin();
    memory.read(readings);
    assertThat(value(readings, Metric.CGROUP_MEMORY_LIMIT)).isEqualTo(3_500_000_000L);
    assertThat(value(readings, Metric.MEMORY_KILL_DISTANCE)).isEqualTo(1_000_000_000L);
  }

  @Test
  void aHugeV1LimitIsNoLimit() {
    assertThat(CgroupMemory.limitBytes("9223372036854771712\n")).isEqualTo(-1);
    assertThat(CgroupMemory.limitBytes("2147483648\n")).isEqualTo(2_147_483_648L);
    assertThat(CgroupMemory.limitBytes("max\n")).isEqualTo(-1);
    assertThat(CgroupMemory.limitBytes(null)).isEqualTo(-1);
  }

  @Test
  void aQuotaIsToldInThousandthsOfACpu() {
    assertThat(CgroupCpu.quotaOfMax("150000 100000\n")).isEqualTo(1500);
    assertThat(CgroupCpu.quotaOfMax("max 100000\n")).isEqualTo(-1);
    assertThat(CgroupCpu.quotaOf("45000\n", "100000\n")).isEqualTo(450);
    assertThat(CgroupCpu.quotaOf("-1\n", "100000\n")).isEqualTo(-1);
    assertThat(CgroupCpu.quotaOf("45000\n", null)).isEqualTo(-1);
  }
}
