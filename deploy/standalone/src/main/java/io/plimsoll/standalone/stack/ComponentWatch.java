// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import io.plimsoll.engines.component.ComponentPoller;
import io.plimsoll.engines.component.DescriptionException;
import io.plimsoll.engines.targets.TargetSource;
import io.plimsoll.engines.targets.Targets;
import io.plimsoll.engines.targets.TargetsFile;
import io.plimsoll.server.bus.EnvelopeBus;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * Polls the components of a file of targets and puts what they tell on the bus. The log names each
 * target that ceases to answer, with the reason, and each that answers again.
 */
final class ComponentWatch implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(ComponentWatch.class.getName());
  private static final int WAITING = 1_000;

  private final Map<UUID, String> names = new HashMap<>();
  private final Consumer<Envelope> sink;
  private final ThreadPoolExecutor sender;
  private final ComponentPoller poller;

  private ComponentWatch(Targets targets, EnvelopeBus bus) {
    List<TargetSource> sources = targets.open();
    for (TargetSource source : sources) {
      names.put(source.target().identity().process(), source.configured().name());
    }
    sink = new BusSink(bus, "a component");
    // A bus that hangs must not hold up the pollers' clock.
    sender =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "plimsoll-components-sender");
              thread.setDaemon(true);
              return thread;
            });
    poller = new ComponentPoller(Targets.schedules(sources), Clock.systemUTC(), this::take);
  }

  /**
   * Reads the file.
   *
   * @throws ProblemException one line: which file, which line, what to write instead
   */
  static Targets targets(Path file) {
    try {
      return TargetsFile.read(file, List.of());
    } catch (DescriptionException e) {
      throw new ProblemException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ProblemException("cannot read the targets: " + e, e);
    }
  }

  /** Begins to poll. */
  static ComponentWatch start(Targets targets, EnvelopeBus bus) {
    ComponentWatch watch = new ComponentWatch(targets, bus);
    watch.poller.start();
    return watch;
  }

  private void take(Envelope envelope) {
    envelope.events().forEach(event -> log(envelope, event));
    try {
      sender.execute(() -> sink.accept(envelope));
    } catch (RejectedExecutionException e) {
      LOGGER.warning("facts of a component are lost: " + WAITING + " wait for the bus already");
    }
  }

  private void log(Envelope envelope, EngineEvent event) {
    String name = names.getOrDefault(envelope.identity().process(), "a component");
    if (event.kind() == EventKind.COMPONENT_DOWN) {
      LOGGER.warning(name + " does not answer: " + event.text(EventText.REASON));
    } else if (event.kind() == EventKind.COMPONENT_UP) {
      LOGGER.info(name + " answers: " + event.text(EventText.ADDRESS));
    }
  }

  @Override
  public void close() {
    poller.close();
    sender.shutdownNow();
  }
}
