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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Recordings that agents left in a folder. */
public final class Recordings {
  private record Place(UUID process, io.plimsoll.wire.Stream stream, long sequence) {}

  private Recordings() {}

  /**
   * Reads every recording in the folder; an envelope that is there twice, as a killed process's
   * last one may be, once.
   *
   * @return how many could not be read to their end
   * @throws IOException when a file cannot be read at all
   */
  public static int read(Path folder, Consumer<Envelope> use) throws IOException {
    int broken = 0;
    Set<Place> seen = new HashSet<>();
    Consumer<Envelope> once =
        envelope -> {
          Place place =
              new Place(envelope.identity().process(), envelope.stream(), envelope.sequence());
          if (seen.add(place)) {
            use.accept(envelope);
          }
        };
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files =
          found.filter(file -> file.getFileName().toString().contains(".rec")).sorted().toList();
    }
    for (Path file : files) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        broken += EnvelopeRecording.read(in, once).truncated() ? 1 : 0;
      } catch (WireException e) {
        // What came before the damage was used; the caller is told that there was some.
        broken++;
      }
    }
    return broken;
  }
}
