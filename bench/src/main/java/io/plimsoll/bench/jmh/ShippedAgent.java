// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.jmh;

import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The agent's classes out of the shaded jar, by name: what is measured is what users run, and
 * nothing in the agent has to be opened for it. Objects are made once per class and given to the
 * constructors that want them.
 */
final class ShippedAgent {
  /** The system property that names the jar. */
  static final String JAR = "plimsoll.bench.agentJar";

  private static final ClassLoader LOADER = loader();
  private static final int DEEPEST = 5;

  private final Map<Class<?>, Object> made = new HashMap<>();

  ShippedAgent() {
    made.put(long.class, System.currentTimeMillis());
    made.put(ThreadGroup.class, new ThreadGroup("plimsoll"));
  }

  /** The method of this name, with the types given: Object for all that is the agent's own. */
  static MethodHandle method(String className, String name, MethodType as) {
    int parameters = as.parameterCount();
    try {
      Method method =
          Arrays.stream(type(className).getDeclaredMethods())
              .filter(each -> each.getName().equals(name))
              .filter(
                  each ->
                      each.getParameterCount() + (Modifier.isStatic(each.getModifiers()) ? 0 : 1)
                          == parameters)
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException(name + " of " + parameters));
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method).asType(as);
    } catch (ReflectiveOperationException e) {
      throw missing(className + "." + name, e);
    }
  }

  /** Calls a static method with whatever objects its parameters want. */
  void call(String className, String name) {
    try {
      Method method =
          Arrays.stream(type(className).getDeclaredMethods())
              .filter(each -> each.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException(name));
      method.setAccessible(true);
      method.invoke(null, arguments(method.getParameterTypes(), 0));
    } catch (ReflectiveOperationException e) {
      throw missing(className + "." + name, e);
    }
  }

  /** The object of this class. */
  Object object(String className) {
    try {
      return object(type(className), 0);
    } catch (ReflectiveOperationException e) {
      throw missing(className, e);
    }
  }

  private Object object(Class<?> type, int depth) throws ReflectiveOperationException {
    Object known = made.get(type);
    if (known != null) {
      return known;
    }
    if (depth > DEEPEST) {
      throw new NoSuchMethodException("no simple way to make a " + type.getName());
    }
    Constructor<?> constructor =
        Arrays.stream(type.getDeclaredConstructors())
            .min(
                Comparator.comparing(
                        (Constructor<?> each) -> !Modifier.isPublic(each.getModifiers()))
                    .thenComparing(Constructor::getParameterCount))
            .orElseThrow(() -> new NoSuchMethodException("no constructor of " + type.getName()));
    constructor.setAccessible(true);
    Object fresh = constructor.newInstance(arguments(constructor.getParameterTypes(), depth + 1));
    made.put(type, fresh);
    return fresh;
  }

  private Object[] arguments(Class<?>[] types, int depth) throws ReflectiveOperationException {
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = object(types[i], depth);
    }
    return arguments;
  }

  private static Class<?> type(String className) {
    try {
      return Class.forName(className, true, LOADER);
    } catch (ClassNotFoundException e) {
      throw missing(className, e);
    }
  }

  private static IllegalStateException missing(String what, ReflectiveOperationException e) {
    return new IllegalStateException("the agent has no " + what + " (" + e + ")", e);
  }

  private static ClassLoader loader() {
    try {
      URL jar = new File(System.getProperty(JAR, "plimsoll-agent.jar")).toURI().toURL();
      return new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalStateException("not a path: " + System.getProperty(JAR), e);
    }
  }
}
