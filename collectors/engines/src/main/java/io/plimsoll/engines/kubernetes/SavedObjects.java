// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.kubernetes;

import io.plimsoll.engines.component.SourceException;
import io.plimsoll.engines.component.SourceException.Code;
import io.plimsoll.engines.http.JsonAnswer;
import io.plimsoll.wire.EngineEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Saved output of {@code kubectl get pods,events,nodes -o json}. */
public final class SavedObjects {
  private static final long LIMIT_BYTES = 256L << 20;

  private SavedObjects() {}

  /**
   * The events in a file.
   *
   * @param epochMillis when it was saved: the time of what tells none itself
   * @throws SourceException when the file cannot be read or is not JSON
   */
  public static List<EngineEvent> read(Path file, long epochMillis) throws SourceException {
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw new SourceException(
            Code.TOO_LARGE, file + " is larger than " + LIMIT_BYTES + " bytes");
      }
      byte[] bytes = Files.readAllBytes(file);
      return new ObjectEvents().read(JsonAnswer.read(bytes, file.toString()), epochMillis);
    } catch (IOException e) {
      throw new SourceException(Code.BAD_INPUT, "cannot read " + file, e);
    }
  }
}
