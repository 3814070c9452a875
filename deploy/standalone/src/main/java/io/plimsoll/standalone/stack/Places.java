// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where things lie: what the build made, and the folder for data and logs. */
public final class Places {
  private Places() {}

  /** The checkout. */
  public static Path root() {
    return Path.of(System.getProperty("plimsoll.root", ".")).toAbsolutePath().normalize();
  }

  /** The folder for data and logs. */
  public static Path home() {
    String home = System.getProperty("plimsoll.home");
    return home == null ? root().resolve(".plimsoll") : Path.of(home).toAbsolutePath().normalize();
  }

  /** The data folder of {@code up}, when the user names none. */
  public static Path service() {
    return home().resolve("service");
  }

  /** The file of components to poll, when the user gives none; it need not exist. */
  public static Path components() {
    return home().resolve("components.yaml");
  }

  public static Path agentJar() {
    return built(root().resolve("collectors/agent/target/plimsoll-agent.jar"));
  }

  public static Path workloadsJar() {
    return built(root().resolve("workloads/target/plimsoll-workloads.jar"));
  }

  public static Path sparkHome() {
    Path spark = root().resolve("deploy/spark-home/target");
    try (Stream<Path> homes = Files.list(spark)) {
      return homes
          .filter(home -> Files.isDirectory(home.resolve("jars")))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new IOException("no folder with jars"));
    } catch (IOException e) {
      throw new ProblemException("no Spark home under " + spark + "; ./plimsoll demo builds it", e);
    }
  }

  /** Tells one build of a file or folder of files from another: sizes and times together. */
  public static String stamp(Path place) {
    try (Stream<Path> tree = Files.walk(place)) {
      long sum = 0;
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        sum = 31 * sum + Files.size(file) + Files.getLastModifiedTime(file).toMillis();
      }
      return Long.toHexString(sum);
    } catch (IOException e) {
      throw new ProblemException("cannot read " + place + " (" + reason(e) + ")", e);
    }
  }

  private static Path built(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ProblemException(file + " is missing; ./plimsoll demo builds it");
    }
    return file;
  }

  /** Makes the folder, or says why not and what to do. */
  public static Path folder(Path folder) {
    try {
      Files.createDirectories(folder);
      Path probe = Files.createTempFile(folder, "probe", ".tmp");
      Files.writeString(probe, "probe");
      Files.delete(probe);
      return folder;
    } catch (IOException e) {
      throw new ProblemException(
          "cannot write in "
              + folder
              + " ("
              + reason(e)
              + "); set PLIMSOLL_HOME to a folder that can be written",
          e);
    }
  }

  /**
   * Requires this much room on the folder's disk.
   *
   * @param bytes what is needed
   */
  public static void requireRoom(Path folder, long bytes) {
    try {
      FileStore disk = Files.getFileStore(folder);
      if (disk.getUsableSpace() < bytes) {
        throw new ProblemException(
            String.format(
                Locale.ROOT,
                "%s has %.1f GiB free and %.1f GiB are needed; free some or set PLIMSOLL_HOME to another disk",
                folder,
                disk.getUsableSpace() / (double) (1L << 30),
                bytes / (double) (1L << 30)));
      }
    } catch (IOException e) {
      throw new ProblemException("cannot tell the room on " + folder + " (" + reason(e) + ")", e);
    }
  }

  /** Takes the folder for this process until the returned lock is closed or the JVM ends. */
  public static FileChannel lock(Path folder) {
    Path file = folder.resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw inUse(folder);
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      throw inUse(folder);
    } catch (IOException e) {
      throw new ProblemException("cannot lock " + file + " (" + reason(e) + ")", e);
    }
  }

  private static ProblemException inUse(Path folder) {
    return new ProblemException(
        folder
            + " is in use by another plimsoll; wait for it, end it, or set PLIMSOLL_HOME to another folder");
  }

  /** Removes a folder and all in it; what is not there is no error. */
  public static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new ProblemException("cannot clear " + folder + " (" + reason(e) + ")", e);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return message == null ? kind : kind + ": " + message;
  }
}
