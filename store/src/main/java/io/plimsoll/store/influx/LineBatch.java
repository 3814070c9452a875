// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.store.influx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines that are written together, in requests that any server takes. */
final class LineBatch {
  private static final int LINES = 5_000;
  private static final int CHARACTERS = 2 << 20;

  private static final class Request {
    private final List<String> lines = new ArrayList<>();
    private long characters;
  }

  private final InfluxServer server;
  private final Complaints complaints;
  private final Map<String, Request> byPolicy = new LinkedHashMap<>();
  private long written;
  private long refused;

  LineBatch(InfluxServer server, Complaints complaints) {
    this.server = server;
    this.complaints = complaints;
  }

  /** Adds a line and writes what has gathered when it is much. */
  void add(Place place, String line) {
    Request request = byPolicy.computeIfAbsent(place.policy(), any -> new Request());
    request.lines.add(line);
    request.characters += line.length();
    if (request.lines.size() >= LINES || request.characters >= CHARACTERS) {
      write(place.policy(), request);
    }
  }

  void flush() {
    byPolicy.forEach(this::write);
  }

  /** Lets go of what was not written; it will be added again. */
  void forget() {
    byPolicy.clear();
  }

  long written() {
    return written;
  }

  long refused() {
    return refused;
  }

  private void write(String policy, Request request) {
    if (request.lines.isEmpty()) {
      return;
    }
    long refusedNow =
        server
            .write(policy, request.lines)
            .map(
                refusal -> {
                  String line = server.trouble().ofPoints(refusal);
                  complaints.tell(line.substring(0, Math.min(80, line.length())), line);
                  return Math.min(refusal.points(), request.lines.size());
                })
            .orElse(0L);
    refused += refusedNow;
    written += request.lines.size() - refusedNow;
    request.lines.clear();
    request.characters = 0;
  }
}
