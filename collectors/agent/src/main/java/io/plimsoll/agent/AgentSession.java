// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent;

import io.plimsoll.agent.attempt.Attempts;
import io.plimsoll.agent.emit.Emitter;
import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.agent.emit.Setbacks;
import io.plimsoll.agent.jvm.JvmFacts;
import io.plimsoll.agent.jvm.Sampler;
import io.plimsoll.agent.last.LastRecords;
import io.plimsoll.agent.proc.KernelFile;
import io.plimsoll.agent.spark.Hook;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import io.plimsoll.wire.Metric;
import io.plimsoll.wire.MetricKey;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Sample;
import io.plimsoll.wire.Stream;
import java.io.File;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The agent's life in one JVM: identity, samples at their interval, sinks, and a bounded farewell.
 * Its two threads and whatever they start live in one thread group, so that the agent can say what
 * it costs.
 */
final class AgentSession implements Runnable {
  private static final long POLL_NANOS = 10_000_000L;
  private static final long OTHERS_NANOS = 60_000_000_000L;

  private final AgentOptions options;
  private final Outbox outbox;
  private final Attempts attempts;
  private final Runnable detach;

  /** A sample is taken and told in one step, so that samples are told in the order of time. */
  private final Object telling = new Object();

  private volatile boolean isLastTold;

  private long lostSamples;
  private int coarseness;
  private final Governor governor;
  private @Nullable LastRecords lastRecords;
  private @Nullable Thread farewell;

  /** The last argument takes the hooks out again. On the thread, in whose group, it runs. */
  AgentSession(AgentOptions options, Outbox outbox, Attempts attempts, Runnable detach) {
    this.options = options;
    this.outbox = outbox;
    this.attempts = attempts;
    this.detach = detach;
    this.governor = new Governor(options.budget());
  }

  @Override
  public void run() {
    try {
      ThreadGroup group = Thread.currentThread().getThreadGroup();
      long startMillis = JvmFacts.startEpochMillis();
      ProcessIdentity identity = identity(startMillis);
      Emitter emitter = new Emitter(outbox, identity, options.intervalMillis(), Agent::say);
      emitter.farewell(options.farewellMillis());
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
      complainOfOpenSecrets();
      openLastRecords(identity, emitter);
      if (isEndingAlready(sampler, emitter)) {
        return;
      }
      Thread emitting = new AgentThread(group, emitter, "plimsoll-emit");
      emitting.start();
      sampleUntilStopped(sampler, emitter, new AgentCost(group, Thread.currentThread(), emitting));
    } catch (RuntimeException | LinkageError unexpected) {
      Agent.say("the agent ends (" + unexpected + "); the job runs on");
    }
  }

  /**
   * Asks for a farewell at the JVM's end; true when that end has begun and nobody is left to tell.
   */
  private boolean isEndingAlready(Sampler sampler, Emitter emitter) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    Thread last = new AgentThread(group, () -> end(sampler, emitter), "plimsoll-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(last);
      farewell = last;
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  private void complainOfOpenSecrets() {
    for (String file : options.secretFiles()) {
      String complaint = SecretFiles.complaint(file);
      if (complaint != null) {
        Agent.say(complaint);
      }
    }
  }

  private void openLastRecords(ProcessIdentity identity, Emitter emitter) {
    if (options.last().equals("off")) {
      return;
    }
    try {
      LastRecords opened = LastRecords.open(options.last(), identity, options.destination());
      lastRecords = opened;
      if (opened != null) {
        emitter.keepLast(line("/proc/self/cgroup"), opened::keep);
      }
    } catch (IOException refused) {
      Agent.say(
          refused.getMessage()
              + "; the last records of a killed process are not kept, all else is");
    }
  }

  private void sampleUntilStopped(Sampler sampler, Emitter emitter, AgentCost cost) {
    File stopFile = options.stopFile().isEmpty() ? null : new File(options.stopFile());
    long next = System.nanoTime();
    Setbacks setbacks = new Setbacks("a sample failed", Agent::say);
    long[] told = {next - OTHERS_NANOS};
    while (stopFile == null || !stopFile.exists()) {
      long interval = options.intervalMillis() * 1_000_000L * governor.factor();
      try {
        sample(sampler, emitter, cost, interval, told);
      } catch (Throwable failed) {
        setbacks.failed(failed);
        outbox.lost(Stream.SAMPLES);
      }
      if (isLastTold) {
        return;
      }
      long now = System.nanoTime();
      governor.observe(now, cost.toldOwnCpuNanos());
      next = Math.max(next + interval * setbacks.roundPauseFactor(), now);
      while (now - next < 0) {
        LockSupport.parkNanos(this, next - now);
        now = System.nanoTime();
      }
    }
    stop(sampler, emitter);
  }

  /** The last argument holds when other processes' last records were looked for. */
  private void sample(
      Sampler sampler, Emitter emitter, AgentCost cost, long interval, long[] othersNanos) {
    Sample sample;
    synchronized (telling) {
      if (isLastTold) {
        return;
      }
      long lost = outbox.lostSamples();
      int level = emitter.coarseness();
      boolean isGap = lost != lostSamples || level > 0 || coarseness > 0;
      lostSamples = lost;
      coarseness = level;
      sample = sampler.sample(false, isGap);
      outbox.sample(cost.with(sample, interval / 1_000_000L, level, emitter.unsentBytes()));
    }
    outbox.skippedSamples(governor.factor() - 1);
    attempts.sample(interval);
    Hook.lookAtNames();
    if (System.nanoTime() - othersNanos[0] >= OTHERS_NANOS) {
      othersNanos[0] = System.nanoTime();
      sendOthers(sample, emitter);
    }
  }

  private void sendOthers(Sample sample, Emitter emitter) {
    LastRecords records = lastRecords;
    if (records != null) {
      Long kills = sample.values().get(MetricKey.of(Metric.CGROUP_OOM_KILL));
      records.sendOthers(emitter, kills == null ? -1 : kills, line("/proc/self/cgroup"));
    }
  }

  /** Takes the hooks out, says so and lets go of everything. */
  private void stop(Sampler sampler, Emitter emitter) {
    String reason = "stop-file=" + options.stopFile() + " is there";
    detach.run();
    sampler.close();
    outbox.close(
        EngineEvent.builder(EventKind.AGENT_STOPPED, System.currentTimeMillis())
            .put(EventText.REASON, reason)
            .build());
    try {
      finish(emitter);
      Thread last = farewell;
      if (last != null) {
        Runtime.getRuntime().removeShutdownHook(last);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException ending) {
      // The farewell runs already and finds the outbox closed.
      return;
    }
    Agent.say(reason + ": the agent stops for good, the job runs on");
  }

  private void finish(Emitter emitter) throws InterruptedException {
    LastRecords records = lastRecords;
    if (records != null) {
      records.endInOrder();
    }
    emitter.finish();
    if (records != null) {
      records.close(emitter.isAllSent());
    }
  }

  private void end(Sampler sampler, Emitter emitter) {
    try {
      awaitApplicationEnd();
      synchronized (telling) {
        isLastTold = true;
        outbox.sample(sampler.sample(true, true));
      }
      outbox.event(EngineEvent.builder(EventKind.JVM_ENDING, System.currentTimeMillis()).build());
      finish(emitter);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError unexpected) {
      Agent.say("the agent's farewell failed (" + unexpected + "); the job is not affected");
    }
  }

  /** Spark stops a context that is still open in a shutdown hook of its own, beside this one. */
  private void awaitApplicationEnd() {
    long deadline = System.nanoTime() + options.farewellMillis() * 5 / 9 * 1_000_000L;
    while (Hook.isApplicationOpen() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(this, POLL_NANOS);
    }
  }

  private ProcessIdentity identity(long startMillis) {
    CommandLine command =
        CommandLine.parse(
            System.getProperty("sun.java.command", ""),
            System.getenv().getOrDefault("CONTAINER_ID", ""));
    ProcessIdentity.Builder identity =
        ProcessIdentity.builder(UUID.randomUUID())
            .host(line("/proc/sys/kernel/hostname"), line("/proc/sys/kernel/random/boot_id"))
            .pid(JvmFacts.pid(), startMillis)
            .cluster(options.cluster())
            .role(command.role())
            .executorId(command.executorId());
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
}
