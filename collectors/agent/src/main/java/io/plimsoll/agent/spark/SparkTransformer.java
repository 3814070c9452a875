// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into four Spark classes, found by their exact names; every other class passes
 * after one look into a set. A class whose shape is not as expected is left as it is.
 */
public final class SparkTransformer implements ClassFileTransformer {
  static final String TASK_RUNNER = "org/apache/spark/executor/Executor$TaskRunner";
  static final String EXECUTOR_BACKEND = "org/apache/spark/executor/CoarseGrainedExecutorBackend";
  static final String LOCAL_BACKEND = "org/apache/spark/scheduler/local/LocalSchedulerBackend";
  static final String CONTEXT = "org/apache/spark/SparkContext";

  private static final Set<String> TARGETS =
      Collections.unmodifiableSet(
          new HashSet<>(Arrays.asList(TASK_RUNNER, EXECUTOR_BACKEND, LOCAL_BACKEND, CONTEXT)));

  /** Whether a class, named with dots, is one that hooks go into. */
  public static boolean isTarget(String className) {
    return TARGETS.contains(className.replace('.', '/'));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> classBeingRedefined,
      @Nullable ProtectionDomain protectionDomain,
      byte[] classfile) {
    if (className == null || !TARGETS.contains(className)) {
      return null;
    }
    try {
      return Weaver.weave(className, classfile);
    } catch (Throwable unexpected) {
      System.err.println(
          "plimsoll: cannot hook "
              + className.replace('/', '.')
              + " ("
              + unexpected
              + "); the job runs without what it would have told");
      return null;
    }
  }
}
