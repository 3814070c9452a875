// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import io.plimsoll.agent.emit.Outbox;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Role;
import io.plimsoll.wire.secret.Redaction;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Joins a SparkContext's listener bus before it starts. The listener gets a queue of its own on the
 * bus where Spark has them, so that it never makes another listener lose events.
 */
final class DriverWatch {
  private static final String LISTENER = "org.apache.spark.scheduler.SparkListenerInterface";
  private static final String QUEUE = "plimsoll";

  private final Accessor applicationId = new Accessor("applicationId");
  private final Accessor applicationAttemptId = new Accessor("applicationAttemptId");
  private final Accessor version = new Accessor("version");
  private final Accessor listenerBus = new Accessor("listenerBus");
  private final Accessor conf = new Accessor("conf");
  private final Scala scala = new Scala();
  private final Outbox outbox;
  private final AtomicBoolean off = new AtomicBoolean();
  private volatile @Nullable BusListener listening;
  private volatile @Nullable Joined joined;

  /** A listener that is on a bus; an application that has ended keeps its bus to itself. */
  private static final class Joined {
    private final WeakReference<@Nullable Object> bus;
    private final Object proxy;

    private Joined(@Nullable Object bus, Object proxy) {
      this.bus = new WeakReference<>(bus);
      this.proxy = proxy;
    }
  }

  DriverWatch(Outbox outbox) {
    this.outbox = outbox;
  }

  void join(Object sparkContext) throws ReflectiveOperationException {
    String id = applicationId.text(sparkContext);
    int attempt = attempt(scala.content(applicationAttemptId.read(sparkContext)));
    outbox.identify(now -> driverOf(now, id, attempt));
    ClassLoader loader = sparkContext.getClass().getClassLoader();
    Class<?> type = Class.forName(LISTENER, false, loader);
    SparkEvents events =
        new SparkEvents(
            version.text(sparkContext),
            rules(conf.read(sparkContext)),
            saysExcluded(type),
            listenerBus.read(sparkContext));
    BusListener handler = new BusListener(outbox, events, off);
    Object proxy = Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler);
    add(sparkContext, type, proxy);
    listening = handler;
    joined = new Joined(listenerBus.read(sparkContext), proxy);
  }

  /** From now on no listener does anything, and the last one leaves its bus. */
  void off() throws ReflectiveOperationException {
    off.set(true);
    Joined last = joined;
    joined = null;
    listening = null;
    Object bus = last == null ? null : last.bus.get();
    if (last != null && bus != null) {
      leave(bus, last.proxy);
    }
  }

  /** The method's parameter is the bus's own type of listener, or Object in older Sparks. */
  static void leave(Object bus, Object listener) throws ReflectiveOperationException {
    for (Method method : bus.getClass().getMethods()) {
      if (method.getName().equals("removeListener")
          && method.getParameterCount() == 1
          && method.getParameterTypes()[0].isInstance(listener)) {
        method.invoke(bus, listener);
        return;
      }
    }
  }

  boolean isApplicationOpen() {
    BusListener handler = listening;
    return handler != null && !handler.isEnded();
  }

  /** A second application in the same JVM is a process of its own: identities never change. */
  static ProcessIdentity driverOf(ProcessIdentity now, String application, int attempt) {
    ProcessIdentity.Builder next = now.toBuilder();
    if (!now.application().isEmpty() && !now.application().equals(application)) {
      next =
          ProcessIdentity.builder(UUID.randomUUID())
              .host(now.host(), now.bootId())
              .pid(now.pid(), now.startEpochMillis())
              .cluster(now.cluster());
    }
    return next.role(Role.DRIVER).application(application, attempt).build();
  }

  /** The user's own patterns hold from the first event on. */
  private static Redaction rules(@Nullable Object sparkConf) {
    String texts = setting(sparkConf, "spark.sql.redaction.string.regex");
    return Redaction.with(
        setting(sparkConf, "spark.redaction.regex"),
        texts.isEmpty() ? setting(sparkConf, "spark.redaction.string.regex") : texts);
  }

  private static String setting(@Nullable Object sparkConf, String key) {
    if (sparkConf == null) {
      return "";
    }
    try {
      Method get = sparkConf.getClass().getMethod("get", String.class, String.class);
      return String.valueOf(get.invoke(sparkConf, key, ""));
    } catch (ReflectiveOperationException another) {
      // The environment event tells it a moment later.
      return "";
    }
  }

  private static boolean saysExcluded(Class<?> listener) {
    for (Method callback : listener.getMethods()) {
      if (callback.getName().equals("onExecutorExcluded")) {
        return true;
      }
    }
    return false;
  }

  private void add(Object sparkContext, Class<?> type, Object proxy)
      throws ReflectiveOperationException {
    Object bus = listenerBus.read(sparkContext);
    if (bus != null) {
      try {
        Method add = bus.getClass().getMethod("addToQueue", type, String.class);
        add.invoke(bus, proxy, QUEUE);
        return;
      } catch (NoSuchMethodException olderSpark) {
        // Before Spark 2.3 the bus has one queue for all.
        listening = null;
      }
    }
    sparkContext.getClass().getMethod("addSparkListener", type).invoke(sparkContext, proxy);
  }

  private static int attempt(@Nullable Object id) {
    try {
      return id == null ? 0 : Integer.parseInt(id.toString());
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
