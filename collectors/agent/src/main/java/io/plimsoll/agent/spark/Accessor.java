// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Reads one member without arguments, a method or a field, of objects whose class the agent cannot
 * name. What it found is kept for the last class seen, since nearly always the next object is of
 * the same.
 */
final class Accessor {
  private static final class Found {
    private final Class<?> type;
    private final @Nullable Member member;

    private Found(Class<?> type, @Nullable Member member) {
      this.type = type;
      this.member = member;
    }
  }

  private final String name;
  private volatile @Nullable Found last;

  Accessor(String name) {
    this.name = name;
  }

  /** The member's value; null when it is null, is not there or cannot be read. */
  @Nullable Object read(@Nullable Object target) {
    if (target == null) {
      return null;
    }
    Found found = last;
    if (found == null || found.type != target.getClass()) {
      found = new Found(target.getClass(), find(target.getClass()));
      last = found;
    }
    Member member = found.member;
    try {
      if (member instanceof Method) {
        return ((Method) member).invoke(target);
      }
      return member instanceof Field ? ((Field) member).get(target) : null;
    } catch (IllegalAccessException | InvocationTargetException unreadable) {
      return null;
    }
  }

  /** The member's value as a whole number. */
  long number(@Nullable Object target, long absent) {
    Object value = read(target);
    return value instanceof Number ? ((Number) value).longValue() : absent;
  }

  /** The member's value as a text, never null. */
  String text(@Nullable Object target) {
    Object value = read(target);
    return value == null ? "" : value.toString();
  }

  private @Nullable Member find(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      try {
        return opened(at.getDeclaredMethod(name));
      } catch (NoSuchMethodException notHere) {
        try {
          return opened(at.getDeclaredField(name));
        } catch (NoSuchFieldException notHereEither) {
          continue;
        }
      }
    }
    try {
      return opened(type.getMethod(name));
    } catch (NoSuchMethodException nowhere) {
      return null;
    }
  }

  private static <T extends AccessibleObject & Member> @Nullable Member opened(T member) {
    try {
      member.setAccessible(true);
    } catch (RuntimeException closed) {
      // A class of a closed module: its public members can still be read.
      return member;
    }
    return member;
  }
}
