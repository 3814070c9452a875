// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.weave;

import io.plimsoll.agent.flink.FlinkHook;
import io.plimsoll.agent.flink.RestDiscovery;
import io.plimsoll.agent.spark.Hook;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into a few classes of Spark and Flink, found by their exact names; every other
 * class passes after one look at its name. A class whose shape is not as expected is left as it is,
 * and so is one whose loader does not see the hooks: there a call of them would fail the host.
 */
public class HookTransformer implements ClassFileTransformer {
  static final String TASK_RUNNER = "org/apache/spark/executor/Executor$TaskRunner";
  static final String EXECUTOR_BACKEND = "org/apache/spark/executor/CoarseGrainedExecutorBackend";
  static final String LOCAL_BACKEND = "org/apache/spark/scheduler/local/LocalSchedulerBackend";
  static final String CONTEXT = "org/apache/spark/SparkContext";
  static final String FLINK_TASK = "org/apache/flink/runtime/taskmanager/Task";
  static final String LEGACY_SOURCE =
      "org/apache/flink/streaming/runtime/tasks/SourceStreamTask$LegacySourceFunctionThread";
  static final String SPLIT_FETCHER =
      "org/apache/flink/connector/base/source/reader/fetcher/SplitFetcher";
  static final String ASYNC_CHECKPOINT =
      "org/apache/flink/streaming/runtime/tasks/AsyncCheckpointRunnable";
  static final String FLINK_REST = "org/apache/flink/runtime/rest/RestServerEndpoint";

  /** What is to be done before the first class is woven; on the thread that loads that class. */
  protected void prepare() {
    // Hooks that are installed already need nothing.
  }

  /** Whether a class, named with dots, is one that hooks go into. */
  public static boolean isTarget(String className) {
    return hook(className.replace('.', '/')) != null;
  }

  /** Names the classes that hooks stand in only where one is needed: none is loaded before. */
  private static @Nullable Class<?> hook(String className) {
    if (!className.startsWith("org/apache/")) {
      return null;
    }
    switch (className) {
      case TASK_RUNNER:
      case EXECUTOR_BACKEND:
      case LOCAL_BACKEND:
      case CONTEXT:
        return Hook.class;
      case FLINK_TASK:
      case LEGACY_SOURCE:
      case SPLIT_FETCHER:
      case ASYNC_CHECKPOINT:
        return FlinkHook.class;
      case FLINK_REST:
        return RestDiscovery.class;
      default:
        return null;
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> classBeingRedefined,
      @Nullable ProtectionDomain protectionDomain,
      byte[] classfile) {
    Class<?> hook = className == null ? null : hook(className);
    if (className == null || hook == null) {
      return null;
    }
    try {
      if (!sees(loader, hook)) {
        say(className, "its class loader does not see the agent");
        return null;
      }
      prepare();
      return Weaver.weave(className, classfile);
    } catch (Throwable unexpected) {
      say(className, unexpected.toString());
      return null;
    }
  }

  private static boolean sees(@Nullable ClassLoader loader, Class<?> hook) {
    try {
      return Class.forName(hook.getName(), false, loader) == hook;
    } catch (ClassNotFoundException | LinkageError hidden) {
      return false;
    }
  }

  private static void say(String className, String why) {
    System.err.println(
        "plimsoll: cannot hook "
            + className.replace('/', '.')
            + " ("
            + why
            + "); the job runs without what it would have told");
  }
}
