// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.bench.arm;

import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.codec.EnvelopeRecording;
import io.plimsoll.wire.codec.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Recordings that agents left in a folder. */
public final class Recordings {
  private Recordings() {}

  /**
   * Reads every recording in the folder.
   *
   * @return how many could not be read to their end
   * @throws IOException when a file cannot be read at all
   */
  public static int read(Path folder, Consumer<Envelope> use) throws IOException {
    int broken = 0;
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files =
          found.filter(file -> file.getFileName().toString().contains(".rec")).sorted().toList();
    }
    for (Path file : files) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        broken += EnvelopeRecording.read(in, use).truncated() ? 1 : 0;
      } catch (WireException e) {
        // What came before the damage was used; the caller is told that there was some.
        broken++;
      }
    }
    return broken;
  }
}
