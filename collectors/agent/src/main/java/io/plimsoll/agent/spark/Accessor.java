// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one member without arguments, a method or a field, of objects whose class the agent cannot
 * name. What it found is kept for the last few classes seen, since nearly always the next object is
 * of one of them.
 */
public final class Accessor {
  private static final class Found {
    private final Class<?> type;
    private final @Nullable Member member;

    private Found(Class<?> type, @Nullable Member member) {
      this.type = type;
      this.member = member;
    }
  }

  private static final int KEPT = 4;

  private final String name;
  private final @Nullable MissingMembers missing;
  private volatile Found[] known = {};

  public Accessor(String name) {
    this(name, null);
  }

  /** A member that a class does not have is noted. */
  Accessor(String name, @Nullable MissingMembers missing) {
    this.name = name;
    this.missing = missing;
  }

  /** The member's value; null when it is null, is not there or cannot be read. */
  public @Nullable Object read(@Nullable Object target) {
    if (target == null) {
      return null;
    }
    Member member = member(target.getClass());
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
  public long number(@Nullable Object target, long absent) {
    Object value = read(target);
    return value instanceof Number ? ((Number) value).longValue() : absent;
  }

  /** The member's value as a text, never null. */
  public String text(@Nullable Object target) {
    Object value = read(target);
    return value == null ? "" : value.toString();
  }

  private @Nullable Member member(Class<?> type) {
    Found[] seen = known;
    for (Found found : seen) {
      if (found.type == type) {
        return found.member;
      }
    }
    Found found = new Found(type, find(type));
    if (found.member == null && missing != null) {
      missing.note(type, name);
    }
    Found[] next = new Found[Math.min(KEPT, seen.length + 1)];
    next[0] = found;
    System.arraycopy(seen, 0, next, 1, next.length - 1);
    known = next;
    return found.member;
  }

  private @Nullable Member find(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      Member declared = declared(at);
      if (declared != null) {
        return declared;
      }
    }
    return inherited(type);
  }

  private @Nullable Member declared(Class<?> type) {
    try {
      return opened(type.getDeclaredMethod(name));
    } catch (NoSuchMethodException notAMethod) {
      try {
        return opened(type.getDeclaredField(name));
      } catch (NoSuchFieldException notHere) {
        return null;
      }
    }
  }

  /** A method that only an interface of the class or of one above declares, or that it opens. */
  private @Nullable Member inherited(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Class<?> face : at.getInterfaces()) {
        Member found = declared(face);
        if (found == null) {
          found = inherited(face);
        }
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Null when neither the member is public in a public class nor its module lets it be opened. */
  private static <T extends AccessibleObject & Member> @Nullable Member opened(T member) {
    try {
      member.setAccessible(true);
    } catch (RuntimeException closed) {
      boolean open =
          Modifier.isPublic(member.getModifiers())
              && Modifier.isPublic(member.getDeclaringClass().getModifiers());
      return open ? member : null;
    }
    return member;
  }
}
