// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench;

import io.plimsoll.bench.arm.Arm;
import io.plimsoll.bench.arm.Range;
import io.plimsoll.bench.arm.Recordings;
import io.plimsoll.bench.arm.Stand;
import io.plimsoll.bench.child.FlinkSum;
import io.plimsoll.bench.tree.Tree;
import io.plimsoll.bench.tree.Usage;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * What a sample, an attempt and an event take on the wire, identity and header of their batch
 * included, in batches as the agent cut them: from recordings of a Spark driver, its executor and a
 * Flink JVM that this benchmark makes.
 */
final class WireSizes implements Benchmark {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long NUMBERS = 20_000_000;

  private final Asked asked;

  /** Sums over the envelopes of one stream of one kind of process. */
  private static final class Size {
    private long envelopes;
    private long records;
    private long bytes;
    private long compressed;

    private void add(Envelope envelope) {
      byte[] encoded = EnvelopeEncoder.encode(envelope);
      envelopes++;
      records += envelope.samples().size() + envelope.attempts().size() + envelope.events().size();
      bytes += encoded.length;
      compressed += gzip(encoded);
    }
  }

  WireSizes(Asked asked) {
    this.asked = asked;
  }

  @Override
  public String name() {
    return "wire";
  }

  @Override
  public String about() {
    return "bytes per sample, attempt and event, from recordings made now (1 minute)";
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public List<Figure> run(PrintWriter out) throws Exception {
    Path home = Places.folder(Places.home().resolve("bench"));
    Path work = home.resolve("wire");
    try (FileChannel lock = Places.lock(home)) {
      Places.remove(work);
      Files.createDirectories(work);
      Map<String, Size> sizes = new TreeMap<>();
      try (Range range = new Range(Places.agentJar(), work, work.resolve("range"))) {
        String tasks = Integer.toString(asked.tasks());
        record(
            range,
            work.resolve("spark"),
            "spark",
            (stand, folder) ->
                ChildJvm.spark(
                    stand, folder, "io.plimsoll.workloads.TinyTasks", List.of("--tasks", tasks)),
            sizes,
            out);
        record(
            range,
            work.resolve("flink"),
            "flink",
            (stand, folder) ->
                ChildJvm.plain(
                    stand, FlinkSum.class, List.of("-Xmx768m"), List.of(Long.toString(NUMBERS))),
            sizes,
            out);
      }
      return table(sizes, out);
    }
  }

  private static void record(
      Range range,
      Path folder,
      String engine,
      OverheadRuns.Job job,
      Map<String, Size> sizes,
      PrintWriter out)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path output = folder.resolve("output.txt");
    try (Stand stand = range.open(Arm.OURS_FILE, folder)) {
      try (Tree tree =
          Tree.start(
              job.command(stand, folder), folder, output, ChildJvm.sparkEnvironment(folder))) {
        Usage usage = tree.await(LIMIT);
        if (usage.exit() != 0) {
          throw new ProblemException("the " + engine + " job failed: see " + output);
        }
        out.printf("%s job recorded in %.1f s%n", engine, usage.wallMillis() / 1e3);
        out.flush();
      }
      Recordings.read(
          stand.recordings(),
          envelope ->
              sizes
                  .computeIfAbsent(
                      engine + " " + envelope.identity().role() + " " + envelope.stream(),
                      unused -> new Size())
                  .add(envelope));
    }
  }

  private static List<Figure> table(Map<String, Size> sizes, PrintWriter out) {
    List<Figure> figures = new ArrayList<>();
    out.printf(
        "%n%-30s %10s %9s %12s %14s %14s%n",
        "stream", "envelopes", "records", "per envelope", "bytes/record", "gzip/record");
    sizes.forEach(
        (name, size) -> {
          double plain = size.bytes / (double) size.records;
          double compressed = size.compressed / (double) size.records;
          out.printf(
              Locale.ROOT,
              "%-30s %10d %9d %12.1f %14.1f %14.1f%n",
              name,
              size.envelopes,
              size.records,
              size.records / (double) size.envelopes,
              plain,
              compressed);
          String spread = size.records + " records in " + size.envelopes + " envelopes";
          figures.add(new Figure(name + ": bytes per record", plain, "B", spread));
          figures.add(new Figure(name + ": bytes per record, compressed", compressed, "B", spread));
        });
    out.println(
        "  targets: <= 400 B per sample before compression, <= 60 B per attempt after (gzip of each"
            + " envelope alone; a sink that compresses several together does better)");
    return figures;
  }

  private static long gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream compressed = new GZIPOutputStream(out)) {
      compressed.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.size();
  }
}
