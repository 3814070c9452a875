// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import io.plimsoll.wire.Role;

/** What a JVM's command line ({@code sun.java.command}) tells of its place in a run. */
final class CommandLine {
  private final Role role;
  private final String application;
  private final String executorId;

  private CommandLine(Role role, String application, String executorId) {
    this.role = role;
    this.application = application;
    this.executorId = executorId;
  }

  static CommandLine parse(String command) {
    String[] words = command.trim().split("\\s+");
    Role role = roleOf(words);
    if (role != Role.EXECUTOR) {
      return new CommandLine(role, "", "");
    }
    return new CommandLine(role, behind("--app-id", words), behind("--executor-id", words));
  }

  Role role() {
    return role;
  }

  /** Empty when not told. */
  String application() {
    return application;
  }

  /** Empty when not told. */
  String executorId() {
    return executorId;
  }

  private static Role roleOf(String[] words) {
    switch (words[0]) {
      case "org.apache.spark.executor.CoarseGrainedExecutorBackend":
      case "org.apache.spark.executor.YarnCoarseGrainedExecutorBackend":
      case "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend":
        return Role.EXECUTOR;
      case "org.apache.spark.deploy.SparkSubmit":
        // In cluster mode the driver is elsewhere and this JVM only waits for it.
        return behind("--deploy-mode", words).equals("cluster") ? Role.OTHER : Role.DRIVER;
      case "org.apache.spark.deploy.worker.DriverWrapper":
      case "org.apache.spark.deploy.yarn.ApplicationMaster":
        return Role.DRIVER;
      case "org.apache.spark.deploy.worker.Worker":
      case "org.apache.spark.deploy.master.Master":
        return Role.WORKER;
      case "org.apache.flink.runtime.taskexecutor.TaskManagerRunner":
        return Role.TASK_MANAGER;
      case "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint":
        return Role.JOB_MANAGER;
      default:
        return Role.OTHER;
    }
  }

  private static String behind(String option, String[] words) {
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals(option)) {
        return words[i + 1];
      }
    }
    return "";
  }
}
