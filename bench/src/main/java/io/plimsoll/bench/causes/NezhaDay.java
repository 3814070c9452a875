// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.causes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One day of OnlineBoutique as Nezha published it: metrics of pods, latencies of calls by caller
 * and callee, the front end's own view, and the faults that were injected.
 *
 * @param services per service and metric the values by epoch milliseconds
 * @param callers the median latency of each call in seconds, "caller_callee", as the caller sees it
 * @param callees the same as the callee sees it
 * @param front the front end's success rate and latencies
 * @param calls who calls whom
 * @param faults what was injected
 */
record NezhaDay(
    Map<String, Map<String, NavigableMap<Long, Double>>> services,
    Map<String, NavigableMap<Long, Double>> callers,
    Map<String, NavigableMap<Long, Double>> callees,
    Map<String, NavigableMap<Long, Double>> front,
    List<String[]> calls,
    List<Fault> faults) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  /** A fault that was injected into a service. */
  record Fault(long millis, String service, String kind) {}

  static NezhaDay read(Path folder) throws IOException {
    Map<String, Map<String, NavigableMap<Long, Double>>> services = new TreeMap<>();
    Path metrics = folder.resolve("metric");
    try (Stream<Path> files = Files.list(metrics)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith("_metric.csv")) {
          services.put(name.substring(0, name.indexOf('-')), columns(file));
        }
      }
    }
    List<String[]> calls = new ArrayList<>();
    for (String line : Files.readAllLines(metrics.resolve("dependency.csv"))) {
      String[] cells = line.trim().split(",", -1);
      if (cells.length == 3 && services.containsKey(cells[0]) && services.containsKey(cells[1])) {
        calls.add(new String[] {cells[0], cells[1]});
      }
    }
    return new NezhaDay(
        services,
        columns(metrics.resolve("source_50.csv")),
        columns(metrics.resolve("destination_50.csv")),
        columns(metrics.resolve("front_service.csv")),
        calls,
        faults(folder.resolve(folder.getFileName() + "-fault_list.json")));
  }

  private static Map<String, NavigableMap<Long, Double>> columns(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.get(0).trim().split(",", -1);
    Map<String, NavigableMap<Long, Double>> columns = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.trim().split(",", -1);
      for (int i = 2; i < Math.min(cells.length, names.length); i++) {
        if (cells[i].matches("-?[0-9].*")) {
          columns
              .computeIfAbsent(names[i], unused -> new TreeMap<>())
              .put(millis(cells[0]), Double.parseDouble(cells[i]));
        }
      }
    }
    return columns;
  }

  private static long millis(String time) {
    return LocalDateTime.parse(time.substring(0, 19), TIME)
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }

  private static List<Fault> faults(Path file) throws IOException {
    List<Fault> faults = new ArrayList<>();
    for (JsonNode hour : new ObjectMapper().readTree(file.toFile())) {
      for (JsonNode fault : hour) {
        String pod = fault.get("inject_pod").asText();
        faults.add(
            new Fault(
                millis(fault.get("inject_time").asText()),
                pod.substring(0, pod.indexOf('-')),
                fault.get("inject_type").asText()));
      }
    }
    faults.sort(Comparator.comparingLong(Fault::millis));
    return faults;
  }
}
