// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import io.plimsoll.pipeline.PipelineException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder in which Flink keeps {@code job/chk-n/_metadata} for each job that ran on it. */
final class CheckpointFolder {
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");

  private final Path folder;

  private CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder when it is missing, and clears away what jobs without a checkpoint left.
   *
   * @throws PipelineException when it cannot be used
   */
  static CheckpointFolder open(Path path) {
    CheckpointFolder opened = new CheckpointFolder(path.toAbsolutePath().normalize());
    try {
      Files.createDirectories(opened.folder);
      opened.clear();
    } catch (IOException e) {
      throw opened.unusable(e);
    }
    return opened;
  }

  Path path() {
    return folder;
  }

  /** The newest complete checkpoint of any job; empty when there is none. */
  Optional<Path> latest() {
    try (Stream<Path> found = checkpoints(folder, 3)) {
      return found
          .max(Comparator.comparingLong(metadata -> metadata.toFile().lastModified()))
          .map(Path::getParent);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void clear() throws IOException {
    List<Path> jobs;
    try (Stream<Path> children = Files.list(folder)) {
      jobs = children.filter(CheckpointFolder::isJob).toList();
    }
    for (Path job : jobs) {
      boolean empty;
      try (Stream<Path> found = checkpoints(job, 2)) {
        empty = found.findAny().isEmpty();
      }
      if (empty) {
        delete(job);
      }
    }
  }

  private static boolean isJob(Path path) {
    return JOB.matcher(path.getFileName().toString()).matches() && Files.isDirectory(path);
  }

  private static Stream<Path> checkpoints(Path from, int depth) throws IOException {
    return Files.find(
        from,
        depth,
        (path, attributes) ->
            attributes.isRegularFile() && path.getFileName().toString().equals("_metadata"));
  }

  private static void delete(Path tree) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(tree)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  private PipelineException unusable(IOException cause) {
    return new PipelineException(
        Code.CHECKPOINTS_UNUSABLE,
        "checkpoint folder " + folder + " cannot be used (" + cause + "): name a writable folder",
        cause);
  }
}
