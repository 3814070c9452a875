// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.plugin;

import io.plimsoll.agent.Agent;
import io.plimsoll.agent.spark.Hook;
import java.util.Collections;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The agent as a Spark plugin (3.1 and later), for users who cannot set JVM options: {@code
 * spark.plugins=io.plimsoll.agent.plugin.PlimsollPlugin}, with the agent's options in {@code
 * spark.plimsoll.options}. In a JVM that has the agent already the plugin does nothing. Its
 * attempts begin after their dependencies are fetched and deserialised, and end before their result
 * is sent.
 */
public final class PlimsollPlugin implements SparkPlugin {
  static final String OPTIONS = "spark.plimsoll.options";

  /** Spark makes the plugin by its name. */
  public PlimsollPlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new Driver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Executor();
  }

  private static boolean starts(PluginContext context) {
    return Agent.startInside(context.conf().get(OPTIONS, ""), context.executorID());
  }

  private static final class Driver implements DriverPlugin {
    private @Nullable SparkContext spark;

    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      if (starts(plugin)) {
        spark = context;
      }
      return Collections.emptyMap();
    }

    /** The first call at which the context knows its application; its bus has not started. */
    @Override
    public void registerMetrics(String application, PluginContext plugin) {
      SparkContext context = spark;
      if (context != null) {
        spark = null;
        Hook.context(context);
      }
    }
  }

  private static final class Executor implements ExecutorPlugin {
    private boolean active;

    @Override
    public void init(PluginContext plugin, Map<String, String> fromDriver) {
      // In local mode the driver's part has started the agent in this JVM.
      active = starts(plugin) || Agent.isInside();
    }

    @Override
    public void onTaskStart() {
      TaskContext task = active ? TaskContext.get() : null;
      if (task != null) {
        Hook.pluginEnter(
            task.taskAttemptId(),
            task.stageId(),
            task.stageAttemptNumber(),
            task.partitionId(),
            task.attemptNumber());
      }
    }

    @Override
    public void onTaskSucceeded() {
      if (active) {
        Hook.pluginExit("Success");
      }
    }

    @Override
    public void onTaskFailed(TaskFailedReason reason) {
      if (active) {
        Hook.pluginExit(reason.getClass().getSimpleName());
      }
    }
  }
}
