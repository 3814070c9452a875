// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.diagnosis.locate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What could not be used, by reason: how often, and the first few that it concerns. */
final class Notes {
  private static final int SHOWN = 5;

  private final Map<String, Note> byReason = new TreeMap<>();

  /** How often, and of whom; the first by name, so that the order of the input does not matter. */
  private static final class Note {
    private final TreeSet<String> names = new TreeSet<>();
    private long times;
  }

  void add(String reason, String name) {
    Note note = byReason.computeIfAbsent(reason, unused -> new Note());
    note.times++;
    note.names.add(name);
    if (note.names.size() > SHOWN) {
      note.names.pollLast();
    }
  }

  /** One line per reason. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (reason, note) ->
            lines.add(
                note.times
                    + " × "
                    + reason
                    + ": "
                    + String.join(", ", note.names)
                    + (note.times > note.names.size() ? " …" : "")));
    return lines;
  }
}
