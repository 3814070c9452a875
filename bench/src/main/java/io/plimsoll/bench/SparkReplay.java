// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Replays an event log as Spark's history server does: the replay bus with the listener that fills
 * the status store, and the listeners of the server's plug-ins, into a store in memory. Runs in a
 * JVM of its own on the jars of a Spark home, which is why nothing of Spark is named but by text.
 */
public final class SparkReplay {
  private static final String SPARK = "org.apache.spark.";

  private SparkReplay() {}

  /** Arguments: the log. Prints one line of {@link LogRun}. */
  public static void main(String[] args) throws Exception {
    Path log = Path.of(args[0]);
    Object conf = type("SparkConf").getConstructor(boolean.class).newInstance(false);
    call(conf, "set", "spark.appStateStore.asyncTracking.enable", "false");
    Object memory = type("util.kvstore.InMemoryStore").getConstructor().newInstance();
    Object store =
        type("status.ElementTrackingStore")
            .getConstructor(type("util.kvstore.KVStore"), type("SparkConf"))
            .newInstance(memory, conf);
    Object bus = type("scheduler.ReplayListenerBus").getConstructor().newInstance();
    Method add = method(bus.getClass(), "addListener", 1);
    add.invoke(bus, statusListener(store, conf));
    for (Object plugin : ServiceLoader.load(type("status.AppHistoryServerPlugin"))) {
      Object listeners =
          method(plugin.getClass(), "createListeners", 2).invoke(plugin, conf, store);
      Object iterator = method(listeners.getClass(), "iterator", 0).invoke(listeners);
      Class<?> iterators = Class.forName("scala.collection.Iterator");
      while ((boolean) iterators.getMethod("hasNext").invoke(iterator)) {
        add.invoke(bus, iterators.getMethod("next").invoke(iterator));
      }
    }
    Object anyLine = method(bus.getClass(), "replay$default$4", 0).invoke(bus);
    Method replay =
        bus.getClass()
            .getMethod(
                "replay",
                InputStream.class,
                String.class,
                boolean.class,
                Class.forName("scala.Function1"));
    long start = System.nanoTime();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(log))) {
      if (!(boolean) replay.invoke(bus, in, log.toString(), false, anyLine)) {
        throw new IllegalStateException("the replay stopped before its end");
      }
    }
    store.getClass().getMethod("close", boolean.class).invoke(store, false);
    long nanos = System.nanoTime() - start;
    Method count = memory.getClass().getMethod("count", Class.class);
    long tasks = (long) count.invoke(memory, type("status.TaskDataWrapper"));
    System.out.println(LogRun.measured(nanos, Files.size(log), tasks).line());
  }

  private static Object statusListener(Object store, Object conf) throws Exception {
    Object none = Class.forName("scala.None$").getField("MODULE$").get(null);
    for (Constructor<?> made : type("status.AppStatusListener").getConstructors()) {
      if (made.getParameterCount() == 5) {
        return made.newInstance(store, conf, false, none, none);
      }
    }
    throw new IllegalStateException("AppStatusListener has no constructor of five parameters");
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(SPARK + name);
  }

  private static Object call(Object on, String name, String one, String two) throws Exception {
    return on.getClass().getMethod(name, String.class, String.class).invoke(on, one, two);
  }

  private static Method method(Class<?> type, String name, int parameters) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)
          && method.getParameterCount() == parameters
          && !method.isBridge()) {
        method.setAccessible(true);
        return method;
      }
    }
    throw new IllegalStateException(type + " has no method " + name);
  }
}
