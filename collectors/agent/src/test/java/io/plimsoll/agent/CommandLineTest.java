// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.wire.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  @Test
  void anExecutorTellsItsApplicationAndItsId() {
    CommandLine command =
        CommandLine.parse(
            "org.apache.spark.executor.CoarseGrainedExecutorBackend --driver-url"
                + " spark://CoarseGrainedScheduler@127.0.0.1:41957 --executor-id 3 --hostname"
                + " 127.0.0.1 --cores 1 --app-id app-20261123162107-0000 --worker-url"
                + " spark://Worker@127.0.0.1:17071 --resourceProfileId 0");
    assertThat(command.role()).isEqualTo(Role.EXECUTOR);
    assertThat(command.application()).isEqualTo("app-20261123162107-0000");
    assertThat(command.executorId()).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.apache.spark.deploy.SparkSubmit --master spark://x:7077 --class A a.jar|DRIVER",
        "org.apache.spark.deploy.SparkSubmit --deploy-mode cluster --class A a.jar|OTHER",
        "org.apache.spark.deploy.SparkSubmit --deploy-mode client --class A a.jar|DRIVER",
        "org.apache.spark.deploy.worker.DriverWrapper spark://x|DRIVER",
        "org.apache.spark.deploy.worker.Worker --cores 1 spark://x:7077|WORKER",
        "org.apache.spark.deploy.master.Master --port 7077|WORKER",
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner -D a=b|TASK_MANAGER",
        "com.example.Main --app-id x --executor-id 7|OTHER",
        "''|OTHER"
      })
  void rolesAreToldByTheMainClass(String command, Role role) {
    CommandLine parsed = CommandLine.parse(command);
    assertThat(parsed.role()).isEqualTo(role);
    assertThat(parsed.application()).isEmpty();
    assertThat(parsed.executorId()).isEmpty();
  }

  @Test
  void anExecutorWithoutIdsIsStillAnExecutor() {
    CommandLine command =
        CommandLine.parse("org.apache.spark.executor.CoarseGrainedExecutorBackend --app-id");
    assertThat(command.role()).isEqualTo(Role.EXECUTOR);
    assertThat(command.application()).isEmpty();
  }

  @Test
  void flinksProcessesTellTheirClusterAndResource() {
    CommandLine pod =
        CommandLine.parse(
            "org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner --configDir /conf"
                + " -Dkubernetes.cluster-id=orders -D taskmanager.resource-id=orders-tm-1-1");
    assertThat(pod.role()).isEqualTo(Role.TASK_MANAGER);
    assertThat(pod.application()).isEqualTo("orders");
    assertThat(pod.executorId()).isEqualTo("orders-tm-1-1");
    CommandLine yarn =
        CommandLine.parse(
            "org.apache.flink.yarn.YarnTaskExecutorRunner --configDir .",
            "container_e17_1410901177871_0001_01_000005");
    assertThat(yarn.application()).isEqualTo("application_1410901177871_0001");
    assertThat(
            CommandLine.parse(
                    "org.apache.flink.yarn.entrypoint.YarnApplicationClusterEntryPoint",
                    "container_1410901177871_0001_01_000001")
                .application())
        .isEqualTo("application_1410901177871_0001");
    CommandLine standalone =
        CommandLine.parse(
            "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint"
                + " --configDir /conf --job-id 00000000000000000000000000000001");
    assertThat(standalone.role()).isEqualTo(Role.JOB_MANAGER);
    assertThat(standalone.application()).isEqualTo("00000000000000000000000000000001");
    assertThat(
            CommandLine.parse("org.apache.flink.runtime.taskexecutor.TaskManagerRunner")
                .application())
        .isEmpty();
  }
}
