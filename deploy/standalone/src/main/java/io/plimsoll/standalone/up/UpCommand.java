// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.up;

import io.plimsoll.standalone.stack.Places;
import io.plimsoll.standalone.stack.Stack;
import io.plimsoll.standalone.stack.StackSpec;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code plimsoll up}: runs until it is ended; exit code 2 when a part cannot start or the pipeline
 * dies.
 */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Run the whole service on this machine until Ctrl-C; what it knows stays in its data folder.")
public final class UpCommand implements Callable<Integer> {
  private static final long ROOM_BYTES = 2L << 30;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data folder; default: service in the home folder")
  private @Nullable Path data;

  @Option(
      names = "--port",
      defaultValue = "8700",
      description = "port of API and console, 0 = any free one; default ${DEFAULT-VALUE}")
  private int port = 8700;

  @Option(
      names = "--kafka-port",
      defaultValue = "9092",
      description = "port that agents send to, 0 = any free one; default ${DEFAULT-VALUE}")
  private int kafkaPort = 9092;

  @Option(
      names = "--components",
      paramLabel = "FILE",
      description =
          "poll the components of this file too; default: components.yaml in the home folder")
  private @Nullable Path components;

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    StackSpec how = StackSpec.kept(port, kafkaPort, targets());
    Path folder = Places.folder(data == null ? Places.service() : data.toAbsolutePath());
    Places.requireRoom(folder, ROOM_BYTES);
    try (FileChannel lock = Places.lock(folder);
        Stack stack = Stack.start(folder, how)) {
      int known = stack.store().runs().size();
      out.printf("API and console  %s%n", stack.address());
      out.printf("Kafka            %s%n", stack.bootstrapServers());
      out.printf("data             %s (%d %s)%n", folder, known, known == 1 ? "run" : "runs");
      out.printf(
          "attach a job     ./plimsoll attach-line --for standalone --kafka %s%n",
          stack.bootstrapServers());
      out.println("It listens on this machine alone. Ctrl-C ends it; the data stays.");
      out.flush();
      while (true) {
        TimeUnit.SECONDS.sleep(1);
        stack.check();
      }
    }
  }

  private @Nullable Path targets() {
    return components == null && Files.exists(Places.components())
        ? Places.components()
        : components;
  }
}
