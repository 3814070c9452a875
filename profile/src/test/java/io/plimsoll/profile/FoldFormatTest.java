// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FoldFormatTest {
  private final byte[] bytes = ProcessFold.of(Said.PROCESS).toBytes();

  @Test
  void anUnknownVersionIsRefusedByName() {
    bytes[1] = 9;
    assertThatThrownBy(() -> ProcessFold.fromBytes(bytes))
        .isInstanceOfSatisfying(
            FoldFormatException.class,
            e -> assertThat(e.code()).isEqualTo(FoldFormatException.Code.UNKNOWN_VERSION))
        .hasMessage("process fold of version 9; this reader knows up to version 2");
  }

  @Test
  void otherBytesAreNoFold() {
    assertThatThrownBy(() -> ProcessFold.fromBytes(new byte[] {'{', '}'}))
        .hasMessage("malformed fold: these bytes are no process fold");
    assertThatThrownBy(() -> ProcessFold.fromBytes(new byte[0]))
        .hasMessage("malformed fold: ends at byte 0 in mid-value");
    assertThatThrownBy(() -> ProcessFold.fromBytes(Arrays.copyOf(bytes, bytes.length + 3)))
        .hasMessage("malformed fold: 3 bytes after the end");
  }

  @Test
  void aCountThatTheBytesCannotHoldIsNotBelieved() {
    FoldOutput out = new FoldOutput();
    out.octet(0x50);
    out.octet(2);
    out.uuid(Said.PROCESS);
    out.flag(false);
    for (int i = 0; i < 6; i++) {
      out.signed(0);
    }
    out.number(1L << 40);

    assertThatThrownBy(() -> ProcessFold.fromBytes(out.toBytes()))
        .isInstanceOf(FoldFormatException.class)
        .hasMessage("malformed fold: 1099511627776 elements announced, 0 bytes left");
  }

  @Test
  void numbersOfEverySizeComeBack() {
    FoldOutput out = new FoldOutput();
    long[] numbers = {0, 1, 127, 128, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 42};
    for (long number : numbers) {
      out.number(number);
      out.signed(number);
    }
    FoldInput in = new FoldInput(out.toBytes());
    for (long number : numbers) {
      assertThat(in.number()).isEqualTo(number);
      assertThat(in.signed()).isEqualTo(number);
    }
    in.end();
  }
}
