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
    return parse(command, "");
  }

  /** The second argument is YARN's id of the container, empty where there is none. */
  static CommandLine parse(String command, String yarnContainer) {
    String[] words = command.trim().split("\\s+");
    Role role = roleOf(words);
    if (role == Role.TASK_MANAGER || role == Role.JOB_MANAGER) {
      return new CommandLine(
          role,
          flinkCluster(words, yarnContainer),
          role == Role.TASK_MANAGER ? dynamic("taskmanager.resource-id", words) : "");
    }
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
      case "org.apache.flink.yarn.YarnTaskExecutorRunner":
      case "org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner":
        return Role.TASK_MANAGER;
      case "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint":
      case "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint":
      case "org.apache.flink.yarn.entrypoint.YarnSessionClusterEntrypoint":
      case "org.apache.flink.yarn.entrypoint.YarnJobClusterEntrypoint":
      case "org.apache.flink.yarn.entrypoint.YarnApplicationClusterEntryPoint":
      case "org.apache.flink.kubernetes.entrypoint.KubernetesSessionClusterEntrypoint":
      case "org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint":
        return Role.JOB_MANAGER;
      default:
        return Role.OTHER;
    }
  }

  /** Empty for a standalone cluster without a name: its first job names it later. */
  private static String flinkCluster(String[] words, String yarnContainer) {
    String[] container = yarnContainer.split("_");
    int epoch = container.length > 1 && container[1].startsWith("e") ? 1 : 0;
    if (container.length >= 5 + epoch && container[0].equals("container")) {
      return "application_" + container[1 + epoch] + "_" + container[2 + epoch];
    }
    for (String key :
        new String[] {
          "kubernetes.cluster-id", "yarn.application.id", "high-availability.cluster-id"
        }) {
      String id = dynamic(key, words);
      if (!id.isEmpty()) {
        return id;
      }
    }
    String job = behind("--job-id", words);
    return job.isEmpty() ? behind("-jid", words) : job;
  }

  /** Flink's {@code -D key=value}, with or without the blank; empty when not told. */
  private static String dynamic(String key, String[] words) {
    for (String word : words) {
      String pair = word.startsWith("-D") ? word.substring(2) : word;
      if (pair.startsWith(key + "=")) {
        return pair.substring(key.length() + 1);
      }
    }
    return "";
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
