// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A broker, the pipeline, a store and the server in this JVM, on loopback. */
public final class Stack implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(Stack.class.getName());

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

  /** Starts all parts on a folder, without components to poll. */
  public static Stack start(Path home, int port) {
    return start(home, port, null, null);
  }

  /**
   * Starts all parts on a folder. Runs of earlier starts stay in the store; the broker starts
   * empty.
   *
   * @param port of the API, 0 any
   * @param components file of targets to poll (docs/components.md); null polls none
   * @param influx where series are copied to (docs/stores.md); null nowhere
   * @throws ProblemException when a part cannot start; nothing is left running then
   */
  public static Stack start(
      Path home, int port, @Nullable Path components, @Nullable InfluxSettings influx) {
    Targets targets = components == null ? null : ComponentWatch.targets(components);
    Logs.toFile(home.resolve("plimsoll.log"));
    if (influx != null) {
      requireInflux(influx);
    }
    Stack stack = new Stack(home);
    Runtime.getRuntime().addShutdownHook(stack.exitHook);
    try {
      stack.startParts(port, targets, influx);
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

  private void startParts(int port, @Nullable Targets targets, @Nullable InfluxSettings influx) {
    // The port first: it is the part that is most often taken.
    Path file = home.resolve("plimsoll.db");
    store = started(SqliteStore.open(file));
    KafkaBus bus = started(KafkaBus.on(this::brokersOrNone));
    server = started(PlimsollServer.start(ServerConfig.onPort(port), store, store, store, bus));
    Path topics = home.resolve("kafka");
    Path state = home.resolve("state");
    Places.remove(topics);
    Places.remove(state);
    kafka = started(EmbeddedKafka.start(Places.folder(topics)));
    kafka.createTopics(Pipeline.topics(), 2);
    pipeline =
        started(
            LocalFlink.start(
                PipelineConfig.of(
                        kafka.bootstrapServers(),
                        influx == null
                            ? StoreOpener.sqlite(file)
                            : StoreOpener.sqliteWithCopy(file, influx))
                    .withCheckpoints(Places.folder(state), java.time.Duration.ofSeconds(10))));
    started(new FlinkWatch(kafka.bootstrapServers(), bus, PollSettings.DEFAULT));
    if (targets != null) {
      started(ComponentWatch.start(targets, bus));
    }
    new Running(ProcessHandle.current().pid(), bootstrapServers(), address()).write(home);
    parts.push(() -> Running.erase(home));
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
