// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.components;

import io.plimsoll.engines.component.DescriptionException;
import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.targets.TargetSource;
import io.plimsoll.engines.targets.Targets;
import io.plimsoll.engines.targets.TargetsFile;
import io.plimsoll.standalone.stack.Logs;
import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code plimsoll components}: exit code 0 when every target answers, 1 when one does not, 2 when
 * the file cannot be used.
 */
@Command(
    name = "components",
    mixinStandardHelpOptions = true,
    description =
        "Ask brokers, NameNodes, YARN, metastores and Kubernetes once and print what they tell.")
public final class ComponentsCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "whom to ask (docs/components.md); default: components.yaml in the home folder")
  private @Nullable Path targets;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "a description of yours that extends the shipped ones; may be given again")
  private List<Path> files = List.of();

  @ArgGroup private Mode mode = new Mode();

  /** One of these. */
  static final class Mode {
    @Option(names = "--once", description = "ask once and end; the default")
    private boolean once;

    @Option(names = "--watch", description = "ask again and again until interrupted")
    private boolean watch;

    @Option(names = "--check", description = "only read the files, ask nobody")
    private boolean check;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Path file = targets != null ? targets : Places.components();
    Targets read = read(file);
    if (mode.check) {
      return check(file, read, out);
    }
    Logs.toFile(Places.folder(Places.home()).resolve("components.log"));
    return ask(read, out);
  }

  private Targets read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ProblemException(
          file + " is not there; --targets names a file of targets, docs/components.md shows one");
    }
    try {
      return TargetsFile.read(file, files);
    } catch (DescriptionException e) {
      throw new ProblemException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ProblemException("cannot read the targets or a description: " + e, e);
    }
  }

  private static int check(Path file, Targets read, PrintWriter out) {
    int bad = 0;
    for (TargetSource source : read.open()) {
      try (source) {
        source.check();
      } catch (SourceException e) {
        bad++;
        out.println(source.configured().name() + ": " + e.getMessage());
      }
    }
    out.printf(
        "%s: %d of %d targets can be asked%n",
        file, read.targets().size() - bad, read.targets().size());
    out.flush();
    return bad == 0 ? 0 : 1;
  }

  private int ask(Targets read, PrintWriter out) throws InterruptedException {
    Duration pause =
        read.targets().stream()
            .map(target -> target.interval())
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    CountDownLatch never = new CountDownLatch(1);
    try (Rounds rounds = new Rounds(read.open(), Clock.systemUTC())) {
      boolean complained;
      do {
        List<Rounds.Seen> seen = rounds.next();
        ComponentTable.print(out, seen, System.currentTimeMillis());
        complained = seen.stream().anyMatch(each -> each.complaint() != null);
      } while (mode.watch && !never.await(pause.toMillis(), TimeUnit.MILLISECONDS));
      return complained ? 1 : 0;
    }
  }
}
