// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.Envelope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeRecordingTest {
  private final List<Envelope> envelopes = List.copyOf(WireFixtures.expected().values());
  private final List<Envelope> used = new ArrayList<>();

  @Test
  void whatIsWrittenIsReadInOrder() throws IOException, WireException {
    EnvelopeRecording.Result result = read(recording());

    assertThat(used).isEqualTo(envelopes);
    assertThat(result.envelopes()).isEqualTo(envelopes.size());
    assertThat(result.truncated()).isFalse();
    assertThat(result).hasToString(envelopes.size() + " envelopes");
  }

  @Test
  void aRecordingBeginsWithItsName() throws IOException {
    byte[] recording = recording();

    assertThat(Arrays.copyOf(recording, 5)).isEqualTo("PLIM1".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> read(Arrays.copyOfRange(recording, 1, 100)))
        .isInstanceOf(WireException.class)
        .hasMessage("not a recording: it does not begin with PLIM1");
    assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(WireException.class);
  }

  @Test
  void anEmptyRecordingHasNoEnvelopes() throws IOException, WireException {
    assertThat(read("PLIM1".getBytes(StandardCharsets.US_ASCII)).envelopes()).isZero();
  }

  @Test
  void whereverItIsCutEverythingBeforeIsUsed() throws IOException, WireException {
    byte[] recording = recording();
    List<Integer> ends = recordEnds();
    for (int length = 5; length <= recording.length; length++) {
      used.clear();
      int cut = length;
      EnvelopeRecording.Result result = read(Arrays.copyOf(recording, length));
      long whole = ends.stream().filter(end -> end <= cut).count();

      assertThat(used).isEqualTo(envelopes.subList(0, (int) whole));
      assertThat(result.envelopes()).isEqualTo(whole);
      assertThat(result.truncated()).isEqualTo(length != 5 && !ends.contains(length));
    }
  }

  @Test
  void theCutIsTold() throws IOException, WireException {
    byte[] recording = recording();

    assertThat(read(Arrays.copyOf(recording, recording.length - 1)).toString())
        .matches((envelopes.size() - 1) + " envelopes, then a record cut off after \\d+ bytes");
  }

  @Test
  void aBrokenRecordIsNamedAndEverythingBeforeIsUsed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EnvelopeRecording.start(out);
    EnvelopeRecording.write(out, envelopes.get(0));
    out.write(new byte[] {2, 8, 9});

    assertThatThrownBy(() -> read(out.toByteArray()))
        .isInstanceOfSatisfying(
            WireException.class,
            e -> assertThat(e.code()).isEqualTo(WireException.Code.UNKNOWN_VERSION))
        .hasMessageStartingWith("record 1: the envelope has schema version 9");
    assertThat(used).hasSize(1);
  }

  @Test
  void aRecordCannotAnnounceMoreThanTheLargestEnvelope() {
    byte[] announced = {'P', 'L', 'I', 'M', '1', -1, -1, -1, -1, 7};
    byte[] endless = {'P', 'L', 'I', 'M', '1', -1, -1, -1, -1, -1, -1};

    assertThatThrownBy(() -> read(announced))
        .hasMessage("record 0 announces more than 4194304 bytes");
    assertThatThrownBy(() -> read(endless)).isInstanceOf(WireException.class);
  }

  private byte[] recording() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EnvelopeRecording.start(out);
    for (Envelope envelope : envelopes) {
      EnvelopeRecording.write(out, envelope);
    }
    return out.toByteArray();
  }

  private List<Integer> recordEnds() throws IOException {
    List<Integer> ends = new ArrayList<>();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EnvelopeRecording.start(out);
    for (Envelope envelope : envelopes) {
      EnvelopeRecording.write(out, envelope);
      ends.add(out.size());
    }
    return ends;
  }

  private EnvelopeRecording.Result read(byte[] bytes) throws IOException, WireException {
    return EnvelopeRecording.read(new ByteArrayInputStream(bytes), used::add);
  }
}
