// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.jmh;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one task attempt pays: enter, final state and exit as they are woven into Spark. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HookPair {
  private static final String HOOK = "io.plimsoll.agent.spark.Hook";
  private static final String OUTBOX = "io.plimsoll.agent.emit.Outbox";
  private static final MethodType ON_RUNNER = MethodType.methodType(void.class, Object.class);

  private static final MethodHandle ENTER = ShippedAgent.method(HOOK, "enter", ON_RUNNER);
  private static final MethodHandle EXIT = ShippedAgent.method(HOOK, "exit", ON_RUNNER);
  private static final MethodHandle STATUS =
      ShippedAgent.method(
          HOOK, "status", MethodType.methodType(void.class, long.class, Object.class));
  private static final MethodHandle NEXT =
      ShippedAgent.method(OUTBOX, "nextAttempt", MethodType.methodType(Object.class, Object.class));

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Object outbox;
  private final FakeRunner[] runners = new FakeRunner[1024];
  private int at;

  /** Installs the hooks with an outbox that this thread empties itself. */
  public HookPair() {
    for (int i = 0; i < runners.length; i++) {
      runners[i] = FakeRunner.of(1_000_000 + i);
    }
    ShippedAgent agent = new ShippedAgent();
    outbox = agent.object(OUTBOX);
    agent.call(HOOK, "install");
    try {
      ENTER.invokeExact((Object) runners[0]);
      EXIT.invokeExact((Object) runners[0]);
      if ((Object) NEXT.invokeExact(outbox) == null) {
        throw new IllegalStateException("the hook pair made no record");
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The whole pair; its record goes into the queue and, every 1024 pairs, out of it. */
  @Benchmark
  public void pair() throws Throwable {
    FakeRunner runner = runners[at];
    ENTER.invokeExact((Object) runner);
    STATUS.invokeExact(runner.taskId(), (Object) "FINISHED");
    EXIT.invokeExact((Object) runner);
    at = (at + 1) & (runners.length - 1);
    if (at == 0) {
      Object record = (Object) NEXT.invokeExact(outbox);
      while (record != null) {
        record = (Object) NEXT.invokeExact(outbox);
      }
    }
  }

  /** The part of the pair that no hook can do without: both counters, read twice. */
  @Benchmark
  public long countersAlone() {
    long id = Thread.currentThread().getId();
    long before = THREADS.getCurrentThreadCpuTime() + THREADS.getThreadAllocatedBytes(id);
    long after = THREADS.getCurrentThreadCpuTime() + THREADS.getThreadAllocatedBytes(id);
    return after - before;
  }
}
