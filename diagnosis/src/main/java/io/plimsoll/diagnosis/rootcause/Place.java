// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.rootcause;

import io.plimsoll.diagnosis.signal.ComponentType;

/**
 * A component as findings name it.
 *
 * @param type its type; RUN where the text names none
 * @param name within its type; empty where a run has only one
 */
record Place(ComponentType type, String name) implements Comparable<Place> {
  static final Place RUN = new Place(ComponentType.RUN, "");
  static final Place EXECUTORS = new Place(ComponentType.EXECUTORS, "");

  static Place of(String component) {
    int colon = component.indexOf(':');
    String word = colon < 0 ? component : component.substring(0, colon);
    for (ComponentType type : ComponentType.values()) {
      if (type.word().equals(word)) {
        return new Place(type, colon < 0 ? "" : component.substring(colon + 1));
      }
    }
    return RUN;
  }

  String text() {
    return name.isEmpty() ? type.word() : type.word() + ":" + name;
  }

  boolean is(ComponentType wanted) {
    return type == wanted;
  }

  @Override
  public int compareTo(Place other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : name.compareTo(other.name);
  }
}
