// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.agent.last;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.ClockAnchor;
import io.plimsoll.wire.EngineEvent;
import io.plimsoll.wire.Envelope;
import io.plimsoll.wire.EventKind;
import io.plimsoll.wire.LossCounters;
import io.plimsoll.wire.ProcessIdentity;
import io.plimsoll.wire.Stream;
import io.plimsoll.wire.codec.EnvelopeEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastFileIT {
  private static final ProcessMark MARK = new ProcessMark("boot", "4026531836", 42, 4711, "ab");

  private static final int OTHERS_READ = 0x1ed;
  private static final int STICKY_AND_OPEN = 0x3ff;

  @TempDir Path folder;

  @Test
  void theLastThatWasWrittenIsRead() throws IOException {
    byte[] whole = written(3);
    assertThat(String.valueOf(LastFile.mark(whole))).isEqualTo(MARK.toString());
    assertThat(sequences(whole)).containsExactly(3L, 103L);
    assertThat(whole).hasSize(LastFile.FILE_BYTES);
  }

  @Test
  void aProcessThatEndedInOrderDidNotVanish() throws IOException {
    Path place = folder.resolve("ended");
    try (LastFile file = LastFile.create(place.toFile(), MARK)) {
      List<byte[]> kept =
          List.of(
              envelope(8, EventKind.PROCESS_VANISHED, ""), envelope(7, EventKind.JOB_STARTED, ""));
      file.write(kept);
      assertThat(sequences(Files.readAllBytes(place))).containsExactly(8L, 7L);
      file.endInOrder();
      assertThat(sequences(Files.readAllBytes(place))).containsExactly(7L);
      file.write(kept);
      assertThat(sequences(Files.readAllBytes(place))).containsExactly(7L);
    }
    assertThat(String.valueOf(LastFile.mark(Files.readAllBytes(place)))).isEqualTo(MARK.toString());
  }

  @Test
  void aSlotThatIsHalfWrittenLeavesTheOneBefore() throws IOException {
    byte[] whole = written(3);
    int newest = LastFile.HEADER_BYTES + LastFile.SLOT_BYTES;
    whole[newest + 40] ^= 1;
    assertThat(sequences(whole)).containsExactly(2L, 102L);
  }

  @Test
  void aFileThatWasNeverWrittenHoldsNothing() throws IOException {
    byte[] whole = written(0);
    assertThat(sequences(whole)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsLeftOut() throws IOException {
    Path place = folder.resolve("a");
    try (LastFile file = LastFile.create(place.toFile(), MARK)) {
      file.write(List.of(envelope(1, ""), envelope(2, "x".repeat(40_000)), envelope(3, "")));
    }
    assertThat(sequences(Files.readAllBytes(place))).containsExactly(1L, 3L);
    assertThat(Files.size(place)).isEqualTo(LastFile.FILE_BYTES);
  }

  @Test
  void aThousandDamagedFilesAreReadWithoutHarm() throws IOException {
    byte[] good = written(3);
    Random random = new Random(20_261_123);
    for (int i = 0; i < 1_000; i++) {
      byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
      for (int j = 0; j < 1 + random.nextInt(6) && bad.length > 0; j++) {
        int at = random.nextBoolean() ? random.nextInt(bad.length) : random.nextInt(5_000);
        bad[Math.min(at, bad.length - 1)] = (byte) random.nextInt(256);
      }
      LastFile.mark(bad);
      assertThat(LastFile.envelopes(bad)).hasSizeLessThan(3);
    }
  }

  @Test
  void aFolderThatOthersSeeStaysAsItIsAndGetsOneOfTheUsersOwn() throws IOException {
    for (int mode : new int[] {OTHERS_READ, STICKY_AND_OPEN}) {
      Path shared = Files.createDirectory(folder.resolve("shared-" + mode));
      Files.setAttribute(shared, "unix:mode", mode);
      Path own = LastFolder.prepare(shared.toFile()).toPath();
      assertThat(own.getParent()).isEqualTo(shared);
      assertThat(permissions(own)).isEqualTo("rwx------");
      assertThat((int) Files.getAttribute(shared, "unix:mode") & 0xfff).isEqualTo(mode);
      assertThat(LastFolder.prepare(shared.toFile()).toPath()).isEqualTo(own);

      Files.delete(own);
      Path elsewhere = Files.createDirectory(folder.resolve("elsewhere-" + mode));
      Files.createSymbolicLink(own, elsewhere);
      assertThatThrownBy(() -> LastFolder.prepare(shared.toFile()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it is no folder");
    }
  }

  @Test
  void aFolderInWhichOthersCouldReplaceFilesIsRefusedAndLeftAlone() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> LastFolder.prepare(open.toFile()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("name a folder that only this user can write to");
    assertThat(permissions(open)).isEqualTo("rwxrwxrwx");
    assertThat(open.toFile().list()).isEmpty();
    Path link = Files.createSymbolicLink(folder.resolve("link"), open);
    assertThatThrownBy(() -> LastFolder.prepare(link.toFile())).isInstanceOf(IOException.class);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private byte[] written(int times) throws IOException {
    Path place = folder.resolve(UUID.randomUUID().toString());
    try (LastFile file = LastFile.create(place.toFile(), MARK)) {
      for (int i = 1; i <= times; i++) {
        file.write(List.of(envelope(i, ""), envelope(100 + i, "")));
      }
    }
    return Files.readAllBytes(place);
  }

  private static List<Long> sequences(byte[] whole) {
    List<Long> sequences = new ArrayList<>();
    LastFile.envelopes(whole).forEach(e -> sequences.add(e.sequence()));
    return sequences;
  }

  private static byte[] envelope(long sequence, String text) {
    return envelope(sequence, EventKind.JVM_STARTED, text);
  }

  private static byte[] envelope(long sequence, EventKind kind, String text) {
    return EnvelopeEncoder.encode(
        Envelope.header(
                ProcessIdentity.builder(new UUID(1, 2)).build(),
                Stream.EVENTS,
                sequence,
                ClockAnchor.of(1, 1),
                LossCounters.NONE)
            .events(List.of(EngineEvent.builder(kind, 1).property("p", text).build())));
  }
}
