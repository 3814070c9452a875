// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Emitter;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.jvm.JvmFacts;
import io.plimsoll.agent.jvm.Sampler;
import io.plimsoll.agent.proc.KernelFile;
import io.plimsoll.agent.spark.Hook;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.Stream;
import java.io.File;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The agent's life in one JVM: identity, samples at their interval, sinks, and a bounded farewell.
 * Its two threads and whatever they start live in one thread group, so that the agent can say what
 * it costs.
 */
final class AgentSession implements Runnable {
  private static final String THREAD_GROUP = "plimsoll";
  private static final long APPLICATION_END_WAIT_MILLIS = 500;
  private static final long POLL_NANOS = 10_000_000L;

  private final AgentOptions options;
  private final Outbox outbox;
  private final Attempts attempts;
  private final ThreadGroup group;

  private AgentSession(AgentOptions options, Outbox outbox, Attempts attempts, ThreadGroup group) {
    this.options = options;
    this.outbox = outbox;
    this.attempts = attempts;
    this.group = group;
  }

  /** Starts the agent's thread and returns. */
  static void start(AgentOptions options, Outbox outbox, Attempts attempts) {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    for (ThreadGroup above = top.getParent(); above != null; above = above.getParent()) {
      top = above;
    }
    ThreadGroup group = new ThreadGroup(top, THREAD_GROUP);
    daemon(group, new AgentSession(options, outbox, attempts, group), "plimsoll-agent").start();
  }

  @Override
  public void run() {
    try {
      long startMillis = JvmFacts.startEpochMillis();
      ProcessIdentity identity = identity(startMillis);
      Emitter emitter = new Emitter(outbox, identity, options.intervalMillis(), Agent::say);
      if (!options.file().isEmpty()) {
        emitter.toFile(
            recording(options.file(), identity), options.fileMaxBytes(), options.fileKeep());
      }
      if (!options.http().isEmpty()) {
        emitter.toServer(options.http(), options.tokenFile());
      }
      if (!options.kafka().isEmpty()) {
        emitter.toKafka(
            options.kafka(), options.producerProperties(), "plimsoll-" + identity.process());
      }
      String version = Agent.class.getPackage().getImplementationVersion();
      outbox.event(
          JvmFacts.startedEvent(version == null ? "unknown" : version, options.intervalMillis()));
      Sampler sampler = new Sampler(outbox, group, startMillis);
      if (isEndingAlready(sampler, emitter)) {
        return;
      }
      daemon(group, emitter, "plimsoll-emit").start();
      sampleForEver(sampler);
    } catch (RuntimeException | LinkageError unexpected) {
      Agent.say("the agent ends (" + unexpected + "); the job runs on");
    }
  }

  /**
   * Asks for a farewell at the JVM's end; true when that end has begun and nobody is left to tell.
   */
  private boolean isEndingAlready(Sampler sampler, Emitter emitter) {
    Thread farewell = new Thread(() -> end(sampler, emitter), "plimsoll-shutdown");
    farewell.setUncaughtExceptionHandler(AgentSession::sayAndGoOn);
    try {
      Runtime.getRuntime().addShutdownHook(farewell);
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  private void sampleForEver(Sampler sampler) {
    long interval = options.intervalMillis() * 1_000_000L;
    long next = System.nanoTime();
    boolean complained = false;
    while (true) {
      try {
        outbox.sample(sampler.sample(false));
        attempts.sample(interval);
      } catch (RuntimeException unexpected) {
        outbox.lost(Stream.SAMPLES);
        if (!complained) {
          complained = true;
          Agent.say(
              "a sample failed (" + unexpected + "); it is counted as lost, as are later ones");
        }
      }
      long now = System.nanoTime();
      next = Math.max(next + interval, now);
      while (now - next < 0) {
        LockSupport.parkNanos(this, next - now);
        now = System.nanoTime();
      }
    }
  }

  private void end(Sampler sampler, Emitter emitter) {
    try {
      awaitApplicationEnd();
      outbox.sample(sampler.sample(true));
      outbox.event(EngineEvent.builder(EventKind.JVM_ENDING, System.currentTimeMillis()).build());
      emitter.finish();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError unexpected) {
      Agent.say("the agent's farewell failed (" + unexpected + "); the job is not affected");
    }
  }

  /** Spark stops a context that is still open in a shutdown hook of its own, beside this one. */
  private void awaitApplicationEnd() {
    long deadline = System.nanoTime() + APPLICATION_END_WAIT_MILLIS * 1_000_000L;
    while (Hook.isApplicationOpen() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(this, POLL_NANOS);
    }
  }

  private ProcessIdentity identity(long startMillis) {
    CommandLine command = CommandLine.parse(System.getProperty("sun.java.command", ""));
    ProcessIdentity.Builder identity =
        ProcessIdentity.builder(UUID.randomUUID())
            .host(line("/proc/sys/kernel/hostname"), line("/proc/sys/kernel/random/boot_id"))
            .pid(JvmFacts.pid(), startMillis)
            .cluster(options.cluster())
            .role(command.role())
            .executorId(command.role() == Role.EXECUTOR ? command.executorId() : "");
    if (!command.application().isEmpty()) {
      identity.application(
          command.application(), YarnAttempt.of(System.getenv("CONTAINER_ID"), new File(".")));
    }
    return identity.build();
  }

  private static File recording(String option, ProcessIdentity identity) {
    String path =
        option
            .replace("%p", Long.toString(identity.pid()))
            .replace("%u", identity.process().toString());
    File file = new File(path);
    return file.isDirectory() || path.endsWith("/")
        ? new File(file, "plimsoll-" + identity.process() + ".rec")
        : file;
  }

  private static String line(String path) {
    @Nullable String text = KernelFile.textOf(path);
    return text == null ? "" : text.trim();
  }

  /**
   * Hosts such as Spark's executors end their JVM on any thread's uncaught error: never on ours.
   */
  static Thread daemon(ThreadGroup group, Runnable work, String name) {
    Thread thread = new Thread(group, work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(AgentSession::sayAndGoOn);
    thread.setContextClassLoader(AgentSession.class.getClassLoader());
    return thread;
  }

  private static void sayAndGoOn(Thread thread, Throwable error) {
    Agent.say(thread.getName() + " ends (" + error + "); the job runs on");
  }
}
