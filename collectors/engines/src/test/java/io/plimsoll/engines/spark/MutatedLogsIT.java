// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged logs cost their damaged part: no crash, no hang, nothing unsaid. */
class MutatedLogsIT {
  private static final int COUNT = 200;
  private static final String[] NASTY = {
    "[".repeat(100_000),
    "{\"a\":".repeat(50_000),
    "1e999999999",
    "9".repeat(900),
    "-",
    "\\ud800",
    "\"",
    "null",
    "{}",
    "[[[[[[[[",
    "\u0000",
    "NaN",
    "\u2028",
    "true"
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gz", "zstd", "lz4", "snappy", "lzf"})
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void mutatedLog_isReadAsFarAsItGoes(String codec) throws IOException {
    for (int seed = 0; seed < COUNT; seed++) {
      Random random = new Random(seed * 31L + codec.hashCode());
      byte[] bytes = damaged(Logs.packed(codec, Logs.bytes(mutatedLines(random))), random, codec);
      Path file = Logs.write(folder.resolve("log"), bytes);

      EventLogTotals totals = new EventLogTotals();
      LogReading reading = Logs.only(file).read(totals);

      assertThat(reading.lines())
          .as("seed %d", seed)
          .isEqualTo(reading.events() + reading.unusedLines() + reading.brokenLines());
      assertThat(totals.badLines()).isEqualTo(reading.brokenLines());
      assertThat(reading.problems()).hasSizeLessThanOrEqualTo(21);
      if (reading.brokenLines() + reading.damagedParts() > 0) {
        assertThat(reading.problems()).isNotEmpty();
        assertThat(reading.isComplete()).isFalse();
      }
      assertThat(OneThread.ahead(Logs.only(file)))
          .as("seed %d", seed)
          .isEqualTo(OneThread.events(Logs.only(file)));
      Logs.only(file).envelopes("c", envelope -> assertThat(envelope.events()).isNotEmpty());
    }
  }

  private static List<String> mutatedLines(Random random) {
    List<String> lines = new ArrayList<>(Logs.lines(20));
    switch (random.nextInt(5)) {
      case 0 -> Collections.shuffle(lines, random);
      case 1 -> {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int colon = Math.max(0, line.indexOf(':', random.nextInt(line.length())));
        lines.set(
            at,
            line.substring(0, colon + 1)
                + NASTY[random.nextInt(NASTY.length)]
                + line.substring(Math.min(line.length(), colon + 2)));
      }
      case 2 -> {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        lines.set(at, line.substring(0, random.nextInt(line.length())));
      }
      case 3 -> lines.set(random.nextInt(lines.size()), NASTY[random.nextInt(NASTY.length)]);
      default -> {
        int at = random.nextInt(lines.size());
        lines.set(at, lines.get(at).replaceAll("\\d+", "-99999999999999999999999"));
      }
    }
    return lines;
  }

  private static byte[] damaged(byte[] packed, Random random, String codec) {
    byte[] bytes = packed.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> {
        if (codec.equals("plain")) {
          byte[] invalid = {(byte) 0xc3, (byte) 0x28, (byte) 0xff, (byte) 0xed, (byte) 0xa0};
          int at = random.nextInt(bytes.length - invalid.length);
          System.arraycopy(invalid, 0, bytes, at, invalid.length);
        } else {
          int at = random.nextInt(Math.min(64, bytes.length));
          bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
      }
      default -> {
        return bytes;
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n\n", "{}", "[]", "{\"Event\":5}", "{\"Event\":\"x\"}", "null"})
  void tinyLog_isNamedForWhatItIs(String text) throws IOException {
    Path file = Logs.write(folder.resolve("log"), text.getBytes(StandardCharsets.UTF_8));

    LogReading reading = Logs.reading(file);

    assertThat(reading.state()).isNotEqualTo(LogState.COMPLETE);
    assertThat(reading.events()).isZero();
  }
}
