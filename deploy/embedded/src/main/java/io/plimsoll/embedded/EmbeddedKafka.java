// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker that is its own controller, inside this process, listening on 127.0.0.1 only,
 * with settings for a small machine. The folder keeps topics and offsets: starting again on it
 * continues, also on another port. Topics are never created by use; each partition keeps at most
 * {@value #RETENTION_BYTES} bytes plus one segment. All of Kafka's internal interface that Plimsoll
 * uses is in this class.
 */
public final class EmbeddedKafka implements AutoCloseable {
  /** What a partition keeps, before the segment that is being written. */
  public static final long RETENTION_BYTES = 256L << 20;

  private static final String LOG4J_PROVIDER = "log4j.provider";
  private static final long SEGMENT_BYTES = 32L << 20;
  private static final long REQUEST_SECONDS = 30;
  private static final int FREE_PORT_TRIES = 3;
  private static final int NODE_ID = 1;

  private final KafkaRaftServer server;
  private final FolderLock lock;
  private final int port;
  private boolean closed;

  private EmbeddedKafka(KafkaRaftServer server, FolderLock lock, int port) {
    this.server = server;
    this.lock = lock;
    this.port = port;
  }

  /** Starts on a free port. */
  public static EmbeddedKafka start(Path folder) {
    return start(folder, 0);
  }

  /**
   * Starts the broker and returns when it serves.
   *
   * @param folder made when missing; one broker at a time
   * @param port 0 for a free one
   */
  public static EmbeddedKafka start(Path folder, int port) {
    if (port != 0) {
      if (!LoopbackPorts.isFree(port)) {
        throw portTaken(port, null);
      }
      return startOn(folder, port);
    }
    for (int tried = 1; ; tried++) {
      try {
        return startOn(folder, LoopbackPorts.free());
      } catch (EmbeddedException e) {
        boolean lostTheRace = e.reason() == EmbeddedException.Reason.PORT_TAKEN;
        if (!lostTheRace || tried == FREE_PORT_TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * Starts on a free port, with further listeners beside the plain one.
   *
   * @param folder made when missing; one broker at a time
   * @param listeners ports by security protocol, such as SSL
   * @param more settings of the broker, such as its key store
   */
  public static EmbeddedKafka start(
      Path folder, Map<String, Integer> listeners, Map<String, String> more) {
    return startOn(folder, LoopbackPorts.free(Set.copyOf(listeners.values())), listeners, more);
  }

  /** What clients put into {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  /** Creates the topics that are missing; those that exist stay as they are. */
  public void createTopics(Collection<String> names, int partitions) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      Set<String> existing = admin.listTopics().names().get(REQUEST_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          names.stream()
              .distinct()
              .filter(name -> !existing.contains(name))
              .map(name -> new NewTopic(name, partitions, (short) 1))
              .toList();
      admin.createTopics(missing).all().get(REQUEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.REQUEST_FAILED,
          "Kafka at " + bootstrapServers() + " did not create " + names + ": " + reason(e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException(
          EmbeddedException.Reason.REQUEST_FAILED, "interrupted while creating " + names, e);
    }
  }

  /** Stops the broker and waits until its files are closed. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        stop(server);
      } finally {
        lock.close();
      }
    }
  }

  private static EmbeddedKafka startOn(Path folder, int port) {
    return startOn(folder, port, Map.of(), Map.of());
  }

  private static EmbeddedKafka startOn(
      Path folder, int port, Map<String, Integer> listeners, Map<String, String> more) {
    // Kafka's own lock comes after its controller has begun to write: too late for two of them.
    FolderLock lock =
        FolderLock.of(folder)
            .orElseThrow(
                () ->
                    new EmbeddedException(
                        EmbeddedException.Reason.FOLDER_UNUSABLE,
                        "Kafka folder "
                            + folder
                            + " is used by another broker: stop it or name another folder"));
    try {
      return new EmbeddedKafka(startServer(folder, port, listeners, more), lock, port);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static KafkaRaftServer startServer(
      Path folder, int port, Map<String, Integer> listeners, Map<String, String> more) {
    quietenLogControl();
    Path data = folder.toAbsolutePath().normalize().resolve("data");
    format(data);
    KafkaRaftServer server;
    try {
      Set<Integer> promised = new HashSet<>(listeners.values());
      promised.add(port);
      Map<String, String> settings = settings(data, port, LoopbackPorts.free(promised));
      listeners.forEach((protocol, at) -> listen(settings, protocol, at));
      settings.putAll(more);
      KafkaConfig config = new KafkaConfig(settings, false);
      server = new KafkaRaftServer(config, Time.SYSTEM);
    } catch (RuntimeException e) {
      throw notStarted(folder, port, e);
    }
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      stop(server);
      throw notStarted(folder, port, e);
    }
  }

  /**
   * The broker logs through SLF4J but registers its log control with Log4j, which complains on
   * stderr when it has nothing behind it: then it is told to use what it has.
   */
  private static void quietenLogControl() {
    ClassLoader loader = KafkaRaftServer.class.getClassLoader();
    boolean hasProvider =
        loader.getResource("META-INF/services/org.apache.logging.log4j.spi.Provider") != null;
    if (!hasProvider && System.getProperty(LOG4J_PROVIDER) == null) {
      System.setProperty(LOG4J_PROVIDER, "org.apache.logging.log4j.simple.internal.SimpleProvider");
    }
  }

  private static void format(Path data) {
    try {
      Files.createDirectories(data);
      if (Files.exists(data.resolve("meta.properties"))) {
        return;
      }
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE_ID)
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(data.toString())
          .addDirectory(data.toString())
          .run();
    } catch (Exception e) {
      throw new EmbeddedException(
          EmbeddedException.Reason.FOLDER_UNUSABLE,
          "Kafka folder " + data + " cannot be used (" + reason(e) + "): name a writable folder",
          e);
    }
  }

  private static Map<String, String> settings(Path data, int port, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    String host = LoopbackPorts.HOST;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put(
        "listeners",
        "PLAINTEXT://" + host + ":" + port + ",CONTROLLER://" + host + ":" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://" + host + ":" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
    settings.put("log.dirs", data.toString());
    settings.put("auto.create.topics.enable", "false");
    for (String log : List.of("offsets.topic", "transaction.state.log")) {
      settings.put(log + ".num.partitions", "1");
      settings.put(log + ".replication.factor", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("offsets.topic.segment.bytes", Long.toString(4L << 20));
    settings.put("group.initial.rebalance.delay.ms", "0");
    // There is no second broker to hand partitions to, and asking may wait for minutes.
    settings.put("controlled.shutdown.enable", "false");
    settings.put("log.retention.bytes", Long.toString(RETENTION_BYTES));
    settings.put("log.retention.hours", "72");
    settings.put("log.segment.bytes", Long.toString(SEGMENT_BYTES));
    settings.put("log.index.size.max.bytes", Long.toString(1L << 20));
    settings.put("metadata.log.segment.bytes", Long.toString(8L << 20));
    settings.put("metadata.max.retention.bytes", Long.toString(32L << 20));
    settings.put("log.cleaner.dedupe.buffer.size", Long.toString(2L << 20));
    settings.put("log.cleaner.io.buffer.size", Long.toString(64L << 10));
    settings.put("num.io.threads", "2");
    settings.put("num.network.threads", "1");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "1");
    return settings;
  }

  private static void listen(Map<String, String> settings, String protocol, int port) {
    String address = "," + protocol + "://" + LoopbackPorts.HOST + ":" + port;
    settings.merge("listeners", address, String::concat);
    settings.merge("advertised.listeners", address, String::concat);
    settings.merge(
        "listener.security.protocol.map", "," + protocol + ":" + protocol, String::concat);
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  private static EmbeddedException notStarted(Path folder, int port, RuntimeException cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (t instanceof IOException && message.contains("already in use")) {
        return portTaken(port, cause);
      }
    }
    return new EmbeddedException(
        EmbeddedException.Reason.NOT_STARTED,
        "Kafka did not start in " + folder + ": " + reason(cause),
        cause);
  }

  private static EmbeddedException portTaken(int port, @Nullable RuntimeException cause) {
    String message =
        "port "
            + port
            + " on "
            + LoopbackPorts.HOST
            + " is taken: stop the process that listens there or name another port for Kafka"
            + " (0 = any free one)";
    return cause == null
        ? new EmbeddedException(EmbeddedException.Reason.PORT_TAKEN, message)
        : new EmbeddedException(EmbeddedException.Reason.PORT_TAKEN, message, cause);
  }

  private static String reason(Throwable t) {
    Throwable root = t;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
