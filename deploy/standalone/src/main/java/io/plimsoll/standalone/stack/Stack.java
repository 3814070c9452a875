// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import io.plimsoll.embedded.EmbeddedException;
import io.plimsoll.embedded.EmbeddedKafka;
import io.plimsoll.engines.flink.PollSettings;
import io.plimsoll.engines.targets.Targets;
import io.plimsoll.pipeline.LocalFlink;
import io.plimsoll.pipeline.Pipeline;
import io.plimsoll.pipeline.PipelineConfig;
import io.plimsoll.pipeline.PipelineException;
import io.plimsoll.pipeline.PipelineHandle;
import io.plimsoll.pipeline.StoreOpener;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.ServerConfig;
import io.plimsoll.server.ServerException;
import io.plimsoll.server.bus.KafkaBus;
import io.plimsoll.store.StoreException;
import io.plimsoll.store.influx.InfluxSettings;
import io.plimsoll.store.influx.InfluxStore;
import io.plimsoll.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A broker, the pipeline, a store and the server in this JVM, on loopback. */
public final class Stack implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(Stack.class.getName());

  private static final Duration NEWS_EVERY = Duration.ofSeconds(2);
  private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(10);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Thread exitHook = new Thread(this::closeParts, "stack-exit");
  private final Path home;
  private volatile @Nullable EmbeddedKafka kafka;
  private @Nullable SqliteStore store;
  private @Nullable PipelineHandle pipeline;
  private @Nullable PlimsollServer server;

  private Stack(Path home) {
    this.home = home;
  }

  /**
   * Starts all parts on a folder. Runs of earlier starts stay in the store.
   *
   * @throws ProblemException when a part cannot start; nothing is left running then
   */
  public static Stack start(Path home, StackSpec spec) {
    Path components = spec.components();
    InfluxSettings influx = spec.influx();
    Targets targets = components == null ? null : ComponentWatch.targets(components);
    Logs.toFile(home.resolve("plimsoll.log"));
    if (influx != null) {
      requireInflux(influx);
    }
    Stack stack = new Stack(home);
    Runtime.getRuntime().addShutdownHook(stack.exitHook);
    try {
      stack.startParts(spec, targets);
      return stack;
    } catch (ServerException | PipelineException e) {
      stack.close();
      throw new ProblemException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      stack.close();
      throw e;
    }
  }

  /** Later trouble is only counted; what is wrong from the start is a person's to mend now. */
  private static void requireInflux(InfluxSettings influx) {
    try (InfluxStore store = InfluxStore.on(influx)) {
      store.prepare();
    } catch (StoreException e) {
      throw new ProblemException("--influx: " + e.getMessage(), e);
    }
  }

  private void startParts(StackSpec spec, @Nullable Targets targets) {
    InfluxSettings influx = spec.influx();
    // What a killed predecessor left would send clients to its ports.
    Running.erase(home);
    // The port first: it is the part that is most often taken.
    Path file = home.resolve("plimsoll.db");
    store = started(SqliteStore.open(file));
    KafkaBus bus = started(KafkaBus.on(this::brokersOrNone));
    server =
        started(PlimsollServer.start(ServerConfig.onPort(spec.port()), store, store, store, bus));
    Path topics = home.resolve("kafka");
    Path state = home.resolve("state");
    if (!spec.keepsTopics()) {
      Places.remove(topics);
      Places.remove(state);
    }
    kafka = started(broker(topics, spec.kafkaPort()));
    kafka.createTopics(Pipeline.topics(), 2);
    pipeline =
        started(
            LocalFlink.start(
                PipelineConfig.of(
                        kafka.bootstrapServers(),
                        influx == null
                            ? StoreOpener.sqlite(file)
                            : StoreOpener.sqliteWithCopy(file, influx))
                    .withPace(NEWS_EVERY, spec.silence())
                    .withCheckpoints(Places.folder(state), CHECKPOINT_EVERY)));
    started(new FlinkWatch(kafka.bootstrapServers(), bus, PollSettings.DEFAULT));
    if (targets != null) {
      started(ComponentWatch.start(targets, bus));
    }
    new Running(ProcessHandle.current().pid(), bootstrapServers(), address()).write(home);
    parts.push(() -> Running.erase(home));
  }

  private static EmbeddedKafka broker(Path topics, int port) {
    try {
      return EmbeddedKafka.start(Places.folder(topics), port);
    } catch (EmbeddedException e) {
      if (e.reason() == EmbeddedException.Reason.PORT_TAKEN && port != 0) {
        throw new ProblemException(
            "port "
                + port
                + " for Kafka is taken: end the process that listens there, or name another with --kafka-port",
            e);
      }
      throw e;
    }
  }

  private synchronized <T extends AutoCloseable> T started(T part) {
    parts.push(part);
    return part;
  }

  private String brokersOrNone() {
    EmbeddedKafka started = kafka;
    return started == null ? "" : started.bootstrapServers();
  }

  public String bootstrapServers() {
    return part(kafka).bootstrapServers();
  }

  /** Of API and console, without a slash at the end. */
  public String address() {
    return part(server).address().toString();
  }

  public SqliteStore store() {
    return part(store);
  }

  /**
   * Throws when the pipeline has died.
   *
   * @throws ProblemException with the pipeline's own reason
   */
  public void check() {
    part(pipeline)
        .failure()
        .ifPresent(
            failure -> {
              throw new ProblemException(
                  failure.getMessage() + "; the log is " + home.resolve("plimsoll.log.0"), failure);
            });
  }

  private static <T> T part(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the stack is not started");
    }
    return part;
  }

  /** Stops the parts, the last started first. A second call does nothing. */
  @Override
  public void close() {
    closeParts();
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      // The JVM is exiting: the hook runs anyway and finds nothing left to close.
      return;
    }
  }

  private synchronized void closeParts() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOGGER.log(Level.WARNING, "could not close " + part.getClass().getSimpleName(), e);
      }
    }
  }
}
