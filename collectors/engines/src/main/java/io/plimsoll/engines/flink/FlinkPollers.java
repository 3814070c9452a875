// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.flink;

import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.EventText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts a poller, each on a daemon thread of its own, for every JobManager whose agent told its
 * REST address. A poller that nobody has answered for ten minutes ends; the next such event starts
 * it again.
 */
public final class FlinkPollers implements Consumer<Envelope>, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MAX_POLLERS = 64;

  private final PollSettings settings;
  private final Clock clock;
  private final Consumer<Envelope> sink;
  private final Map<String, FlinkPoller> running = new HashMap<>();
  private boolean closed;

  /** The sink is called by several threads, one call at a time. */
  public FlinkPollers(PollSettings settings, Clock clock, Consumer<Envelope> sink) {
    this.settings = settings;
    this.clock = clock;
    this.sink = sink;
  }

  /** Looks for REST addresses in what agents say; everything else is passed over. */
  @Override
  public void accept(Envelope envelope) {
    for (EngineEvent event : envelope.events()) {
      String address = event.text(EventText.REST_ADDRESS);
      if (event.kind() == EventKind.FLINK_REST && address != null) {
        poll(envelope.identity().cluster(), address);
      }
    }
  }

  /**
   * Polls this address, unless it is polled already.
   *
   * @return false when the address is none, or 64 JobManagers are polled already
   */
  public synchronized boolean poll(String cluster, String address) {
    URI rest = uri(address);
    String key = cluster + " " + address;
    if (closed || rest == null) {
      return false;
    }
    if (running.containsKey(key)) {
      return true;
    }
    if (running.size() >= MAX_POLLERS) {
      return false;
    }
    FlinkPoller poller = new FlinkPoller(cluster, rest, settings, clock, this::send);
    running.put(key, poller);
    Thread thread = new Thread(() -> run(key, poller), "plimsoll-flink-" + rest.getPort());
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  /** The cluster and address of each JobManager that is polled now. */
  public synchronized Set<String> polled() {
    return new TreeSet<>(running.keySet());
  }

  /** Ends all pollers; a request that is under way ends by its own time limit. */
  @Override
  public synchronized void close() {
    closed = true;
    running.values().forEach(FlinkPoller::close);
    running.clear();
  }

  private void run(String key, FlinkPoller poller) {
    try {
      poller.run(PATIENCE);
    } finally {
      ended(key, poller);
    }
  }

  private synchronized void ended(String key, FlinkPoller poller) {
    running.remove(key, poller);
  }

  private void send(Envelope envelope) {
    synchronized (sink) {
      sink.accept(envelope);
    }
  }

  private static @Nullable URI uri(String address) {
    try {
      URI uri = new URI(address);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean good =
          (scheme.equals("http") || scheme.equals("https"))
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getQuery() == null;
      return good ? new URI(scheme, null, uri.getHost(), uri.getPort(), null, null, null) : null;
    } catch (URISyntaxException noAddress) {
      return null;
    }
  }
}
