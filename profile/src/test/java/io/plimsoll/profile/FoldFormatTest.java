// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.wire.Metric;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldFormatTest {
  /** What version 1 wrote of an executor with one sample and one attempt. */
  private static final String VERSION_ONE =
      "50010000000000000007000000000000000101066e6f64652d3106626f6f742d31540002036c"
          + "6162056170702d310001300204060801000001000000020002ffffffffffffffffff01010000"
          + "01e80700010a00e8070080808080088080808008808080800800000001000080808080088080"
          + "808008010100e807e80700e80700ffffffffffffffffff010106000202000080d0acf30ea006"
          + "8c0101d00fd00fd00f0001fe050101020106000202000080d0acf30ea0068c01000000000000"
          + "000000000000";

  /** What version 2 wrote of a process with a sample, a setting, a task and its stage. */
  private static final String VERSION_TWO =
      "50020000000000000007000000000000000101066e6f64652d3106626f6f742d31540002036c"
          + "6162056170702d31000130000000000000010000000100000100ffffffffffffffffff010100"
          + "0001e80700010a00e80700e807e807e807000000010000e807e80700ffffffffffffffffff01"
          + "000000ffffffffffffffffff010000010207e82003020603000ae820010505636f756e740001"
          + "15737061726b2e6578656375746f722e6d656d6f727900023267010600010000bc0500000000"
          + "000080200000000001bc05bc05bc050001940501018020802080200001c60601000000000000"
          + "000000";

  private final byte[] bytes = ProcessFold.of(Said.PROCESS).toBytes();

  @Test
  void anUnknownVersionIsRefusedByName() {
    bytes[1] = 9;
    assertThatThrownBy(() -> ProcessFold.fromBytes(bytes))
        .isInstanceOfSatisfying(
            FoldFormatException.class,
            e -> assertThat(e.code()).isEqualTo(FoldFormatException.Code.UNKNOWN_VERSION))
        .hasMessage("process fold of version 9; this reader knows up to version 3");
  }

  @Test
  void aFoldOfVersionOneIsReadAndGoesOn() {
    ProcessFold fold = ProcessFold.fromBytes(HexFormat.of().parseHex(VERSION_ONE));

    assertThat(fold.profile().attempts())
        .isEqualTo(new AttemptSums(1, 1, 0, 0, 2_000_000_000L, 400, 70));
    assertThat(fold.profile().running()).isEqualTo(AttemptSums.ZERO);
    assertThat(fold.profile().counter(Metric.PROCESS_CPU, 0)).isEqualTo(500);
    assertThat(fold.profile().coverage().lostSamples()).isEqualTo(1);
    assertThat(ProcessFold.fromBytes(fold.toBytes()).profile()).isEqualTo(fold.profile());
  }

  @Test
  void aFoldOfVersionTwoIsReadAndGoesOn() {
    ProcessFold fold = ProcessFold.fromBytes(HexFormat.of().parseHex(VERSION_TWO));

    RunProfile run = RunFold.profile(new RunKey("lab", "app-1", 0), List.of(fold));
    StageProfile stage = run.stages().get(0);
    assertThat(stage.engine().runMillis()).isEqualTo(700);
    assertThat(stage.taskReadBytes().sum()).isEqualTo(4096);
    assertThat(stage.details()).isEqualTo(TaskDetails.ZERO);
    assertThat(run.config()).containsEntry("spark.executor.memory", "2g");
    assertThat(run.details().queries()).isEmpty();
    ProcessFold again = ProcessFold.fromBytes(fold.toBytes());
    assertThat(again.toBytes()).isEqualTo(fold.toBytes());
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
