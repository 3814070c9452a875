// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Arm;
import io.plimsoll.bench.arm.Delivered;
import io.plimsoll.bench.arm.Range;
import io.plimsoll.bench.arm.Stand;
import io.plimsoll.bench.child.Hello;
import io.plimsoll.bench.tree.Tree;
import io.plimsoll.bench.tree.Usage;
import io.plimsoll.standalone.stack.Places;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs one job under every arm, round by round, each round in another order. */
final class OverheadRuns {
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final Duration FIRST_GUESS = Duration.ofSeconds(30);

  private final Range range;
  private final Kept kept;
  private final Path work;
  private final String build;
  private final PrintWriter out;

  /**
   * Runs in a folder.
   *
   * @param build tells runs of this agent and these jobs from those of others
   */
  OverheadRuns(Range range, Kept kept, Path work, String build, PrintWriter out) {
    this.range = range;
    this.kept = kept;
    this.work = work;
    this.build = build;
    this.out = out;
  }

  /** A job that can be run under an arm. */
  interface Job {
    /** The first process's command; its folder is made. */
    List<String> command(Stand stand, Path folder) throws IOException;

    /** Variables of the first process. */
    default Map<String, String> environment(Path folder) throws IOException {
      return Map.of();
    }
  }

  /**
   * The runs of a job: per arm one list, in the order of rounds. An arm whose agent refuses its
   * options is said and left out.
   */
  Map<Arm, List<Measured>> measure(String part, List<Arm> arms, int rounds, Job job)
      throws IOException, InterruptedException {
    Map<Arm, List<Measured>> runs = new EnumMap<>(Arm.class);
    for (Arm arm : arms) {
      String refusal = refusal(arm);
      if (refusal.isEmpty()) {
        runs.put(arm, new ArrayList<>());
      } else {
        out.println("  " + arm.label() + " left out: " + refusal);
      }
    }
    Duration expected = FIRST_GUESS;
    for (int round = 0; round < rounds; round++) {
      List<Arm> order = new ArrayList<>(arms);
      Collections.rotate(order, round * Math.max(1, arms.size() / Math.max(1, rounds)));
      for (Arm arm : order) {
        List<Measured> done = runs.get(arm);
        if (done == null) {
          continue;
        }
        Measured run = once(part, arm, round, expected, job);
        done.add(run);
        if (arm == Arm.NONE) {
          expected = Duration.ofMillis(run.usage().wallMillis());
        }
      }
    }
    return runs;
  }

  /** What the arm's agent says against its options in a JVM that ends at once. */
  private String refusal(Arm arm) throws IOException, InterruptedException {
    if (!arm.isOurs()) {
      return "";
    }
    Path folder = work.resolve("probe-" + arm.label());
    Places.remove(folder);
    Files.createDirectories(folder);
    Path output = folder.resolve("output.txt");
    try (Stand stand = range.open(arm, folder)) {
      List<String> command = ChildJvm.plain(stand, Hello.class, List.of("-Xmx64m"), List.of());
      try (Tree tree = Tree.start(command, folder, output, Map.of())) {
        tree.await(FIRST_GUESS);
      }
      stand.delivered();
    }
    return ChildJvm.refusal(output);
  }

  private Measured once(String part, Arm arm, int round, Duration expected, Job job)
      throws IOException, InterruptedException {
    String key = build + " " + part + " " + arm.label() + " #" + round;
    Measured known = kept.of(key);
    Measured run = known == null ? fresh(part, arm, round, expected, job) : known;
    if (known == null && run.complaint().isEmpty()) {
      kept.keep(key, run);
    }
    out.printf(
        Locale.ROOT,
        "%s%s round %d %-18s cpu %7.2f s  wall %6.1f s  rss %5d MiB  threads %4d  %s%n",
        known == null ? "" : "(kept) ",
        part,
        round + 1,
        arm.label(),
        run.cpuSeconds(),
        run.usage().wallMillis() / 1e3,
        run.usage().peakRssBytes() >> 20,
        run.usage().threads(),
        run.complaint());
    out.flush();
    return run;
  }

  private Measured fresh(String part, Arm arm, int round, Duration expected, Job job)
      throws IOException, InterruptedException {
    Path folder =
        work.resolve(part.replaceAll("[^a-z0-9.]+", "-") + "-" + arm.label() + "-" + round);
    Places.remove(folder);
    Files.createDirectories(folder);
    Path output = folder.resolve("output.txt");
    Usage usage;
    Delivered delivered;
    try (Stand stand = range.open(arm, folder)) {
      List<String> command = job.command(stand, folder);
      stand.begin(expected);
      try (Tree tree = Tree.start(command, folder, output, job.environment(folder))) {
        usage = tree.await(LIMIT);
      }
      delivered = stand.delivered();
    }
    String text = Files.readString(output, StandardCharsets.ISO_8859_1);
    String checksum = ChildJvm.checksum(text);
    String complaint = ChildJvm.refusal(output);
    if (complaint.isEmpty() && (usage.exit() != 0 || checksum.isEmpty())) {
      complaint = "exit code " + usage.exit() + ", checksum '" + checksum + "': see " + output;
    }
    Measured run =
        new Measured(
            usage, ChildJvm.allocatedBytes(folder), checksum, delivered, Map.of(), complaint);
    if (complaint.isEmpty()) {
      Places.remove(folder);
    }
    return run;
  }
}
