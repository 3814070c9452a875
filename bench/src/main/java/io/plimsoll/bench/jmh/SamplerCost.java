// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.jmh;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The sample of each second, and the one that walks over all threads, in a JVM with a hundred of
 * them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SamplerCost {
  private static final String SAMPLER = "io.plimsoll.agent.jvm.Sampler";
  private static final int THREADS = 100;

  private static final MethodHandle SAMPLE =
      ShippedAgent.method(
          SAMPLER,
          "sample",
          MethodType.methodType(Object.class, Object.class, boolean.class, boolean.class));
  private final CountDownLatch end = new CountDownLatch(1);
  private final Object sampler;

  /** Starts the idle threads that a walk meets. */
  public SamplerCost() {
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::idle, "idle-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    ShippedAgent agent = new ShippedAgent();
    sampler = agent.object(SAMPLER);
  }

  /** One sample; every ten seconds one of them holds a walk, as in the agent. */
  @Benchmark
  public Object sample() throws Throwable {
    return (Object) SAMPLE.invokeExact(sampler, false, false);
  }

  /** One sample with a walk over the native threads of the process. */
  @Benchmark
  public Object sampleWithWalk() throws Throwable {
    return (Object) SAMPLE.invokeExact(sampler, true, false);
  }

  /** Lets the idle threads go. */
  @TearDown
  public void release() {
    end.countDown();
  }

  private void idle() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
