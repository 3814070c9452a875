// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderIT {
  private static final String OLD = "a".repeat(32);
  private static final String NEW = "b".repeat(32);

  @TempDir private Path folder;

  @Test
  void newestCheckpointOfAnyJobIsFound() throws IOException {
    checkpoint(OLD + "/chk-9", 1_000);
    checkpoint(NEW + "/chk-1", 3_000);
    checkpoint(NEW + "/chk-2", 2_000);
    assertThat(CheckpointFolder.open(folder).latest()).contains(folder.resolve(NEW + "/chk-1"));
  }

  @Test
  void folderWithoutCompleteCheckpointHasNone() throws IOException {
    Files.createDirectories(folder.resolve(OLD + "/chk-1"));
    assertThat(CheckpointFolder.open(folder).latest()).isEmpty();
    assertThat(CheckpointFolder.open(folder.resolve("not/yet")).latest()).isEmpty();
  }

  @Test
  void whatJobsWithoutCheckpointLeftIsClearedAndNothingElse() throws IOException {
    Files.createDirectories(folder.resolve(OLD + "/shared"));
    Files.createDirectories(folder.resolve("mine/shared"));
    checkpoint(NEW + "/chk-1", 1_000);
    CheckpointFolder.open(folder);
    assertThat(folder.resolve(OLD)).doesNotExist();
    assertThat(folder.resolve("mine/shared")).isDirectory();
    assertThat(folder.resolve(NEW + "/chk-1/_metadata")).isRegularFile();
  }

  private void checkpoint(String name, long modifiedMillis) throws IOException {
    Path metadata = folder.resolve(name).resolve("_metadata");
    Files.createDirectories(metadata.getParent());
    Files.writeString(metadata, "");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(modifiedMillis));
  }
}
