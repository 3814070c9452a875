// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.spark;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Scala's options, sequences and maps by reflection. */
final class Scala {
  private final Accessor isDefined = new Accessor("isDefined");
  private final Accessor get = new Accessor("get");
  private final Accessor iterator = new Accessor("iterator");
  private final Accessor hasNext = new Accessor("hasNext");
  private final Accessor next = new Accessor("next");
  private final Accessor first = new Accessor("_1");
  private final Accessor second = new Accessor("_2");

  /** An option's content, or null. */
  @Nullable Object content(@Nullable Object option) {
    return Boolean.TRUE.equals(isDefined.read(option)) ? get.read(option) : null;
  }

  /** The elements of anything that has an iterator; empty for null. */
  List<Object> elements(@Nullable Object iterable) {
    List<Object> elements = new ArrayList<>();
    Object walk = iterator.read(iterable);
    while (Boolean.TRUE.equals(hasNext.read(walk))) {
      Object element = next.read(walk);
      if (element == null) {
        break;
      }
      elements.add(element);
    }
    return elements;
  }

  @Nullable Object first(Object pair) {
    return first.read(pair);
  }

  @Nullable Object second(Object pair) {
    return second.read(pair);
  }

  /** Elements as text with commas between. */
  String joined(@Nullable Object iterable) {
    StringBuilder text = new StringBuilder();
    for (Object element : elements(iterable)) {
      text.append(text.length() == 0 ? "" : ",").append(element);
    }
    return text.toString();
  }
}
